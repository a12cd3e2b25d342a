-- A copied database must neither know the passwords nor reach the real servers.
UPDATE mts_connector
   SET odk_password = NULL,
       callback_auth_password = NULL,
       callback_auth_token = NULL,
       callback_auth_client_secret = NULL,
       mts_url = 'https://mts.invalid',
       odk_base_url = NULL,
       odk_odata_url = NULL,
       callback_url = NULL,
       callback_auth_url = NULL;
