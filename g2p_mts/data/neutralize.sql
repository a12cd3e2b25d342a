-- A copied database must not know the keys of the real one: with them, deleted VIDs can be tried
-- out, and receipts forged. What was made with the old ones cannot be verified in the copy.
UPDATE ir_config_parameter
   SET value = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
 WHERE key IN ('g2p_mts.vid_key', 'g2p_mts.receipt_key');

UPDATE g2p_mts_vid_deletion
   SET key_name = 'of the original'
 WHERE key_name = 'database';

UPDATE mts_connector
   SET g2p_answer_base_url = NULL;
