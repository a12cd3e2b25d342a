-- A copied database must neither know the passwords nor reach the real servers.
UPDATE mts_connector
   SET odk_password_value = NULL,
       odk_password_place = 'database',
       odk_password_key = NULL,
       callback_auth_password_value = NULL,
       callback_auth_password_place = 'database',
       callback_auth_password_key = NULL,
       callback_auth_token_value = NULL,
       callback_auth_token_place = 'database',
       callback_auth_token_key = NULL,
       callback_auth_client_secret_value = NULL,
       callback_auth_client_secret_place = 'database',
       callback_auth_client_secret_key = NULL,
       mts_url = 'https://mts.invalid',
       odk_base_url = NULL,
       odk_odata_url = NULL,
       callback_url = NULL,
       callback_auth_url = NULL;
