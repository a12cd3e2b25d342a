"""What the places of a sweep are called, for people."""


def in_words(env, place: str) -> str:
    """What a key of :func:`residue.sweep`'s result means, in the language of the user."""
    words = {
        "other_id": env._("IDs of other types with the same value, deleted"),
        "left_id_of_another": env._("IDs of somebody else with the same value, left"),
        "left_short": env._("VIDs too short to be told from other numbers, not looked for"),
        "id_description": env._("Descriptions of IDs"),
        "phone": env._("Phone numbers"),
        "left_phone_of_another": env._("The same phone numbers of somebody else, left"),
        "registrant": env._("Names, addresses and notes of registrants"),
        "message": env._("Messages in the chatter"),
        "tracking": env._("Old and new values noted in the chatter"),
        "mail": env._("E-mails"),
        "scheduled_message": env._("Messages to be sent later"),
        "activity": env._("Activities"),
        "notification": env._("Notifications of the web client"),
        "job": env._("Jobs of the queue"),
        "log": env._("Log lines in the database"),
        "staged_page": env._("Staged pages of imports"),
        "import_run": env._("Import runs"),
        "import_issue": env._("Import issues"),
        "import_decision": env._("Decisions about conflicts of imports"),
        "before_image": env._("Before-images of imports"),
        "import_digest": env._("Digests kept by imports"),
        "settings_change": env._("Noted changes of settings"),
        "mts_request": env._("MTS requests"),
        "mts_line": env._("People in MTS requests"),
        "mts_answer": env._("Answers of an MTS"),
        "mts_connector": env._("MTS connectors"),
        "attachment": env._("Attachments"),
        "left_attachment": env._("Attachments that cannot be masked, left"),
        "upload": env._("Files uploaded to be imported, removed"),
        "favourite": env._("Favourite searches"),
        "default": env._("Default values"),
        "parameter": env._("System parameters"),
        "dialogue": env._("Open dialogues"),
        "other_record": env._("Settings and lists"),
        "left_elsewhere": env._("Rows of other addons, left"),
    }
    return words.get(place, place)
