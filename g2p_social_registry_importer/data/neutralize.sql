-- A copied database must not be able to reach the real registry.
UPDATE spp_data_source
   SET oauth_client_id = NULL,
       basic_user = NULL,
       client_certificate = NULL,
       signing_key_record = NULL,
       access_token_value = NULL,
       access_token_expires_at = NULL,
       oauth_client_secret_value = NULL,
       oauth_client_secret_place = 'database',
       oauth_client_secret_key = NULL,
       fixed_token_value = NULL,
       fixed_token_place = 'database',
       fixed_token_key = NULL,
       basic_password_value = NULL,
       basic_password_place = 'database',
       basic_password_key = NULL,
       api_key_value = NULL,
       api_key_place = 'database',
       api_key_key = NULL,
       client_key_value = NULL,
       client_key_place = 'database',
       client_key_key = NULL,
       signing_key_value = NULL,
       signing_key_place = 'database',
       signing_key_key = NULL;

UPDATE ir_config_parameter
   SET value = ''
 WHERE key IN ('g2p_import_social_registry.client_id', 'g2p_import_social_registry.client_password');
