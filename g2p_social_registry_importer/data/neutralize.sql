-- A copied database must not be able to reach the real registry.
UPDATE spp_data_source
   SET oauth_client_id = NULL,
       oauth_client_secret_value = NULL,
       access_token_value = NULL,
       access_token_expires_at = NULL;

UPDATE ir_config_parameter
   SET value = ''
 WHERE key IN ('g2p_import_social_registry.client_id', 'g2p_import_social_registry.client_password');
