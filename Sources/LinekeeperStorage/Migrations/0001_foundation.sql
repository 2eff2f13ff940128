-- Numbers of enumerations are those of the published protos. Times are microseconds UTC.
-- Lists of prefixes and numbers are comma-separated; tags are ";key=value;key=value;".

CREATE TABLE workspace (
    workspace_key INTEGER PRIMARY KEY,
    workspace_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    plan INTEGER NOT NULL CHECK (plan IN (1, 2)),
    feature_flags TEXT NOT NULL DEFAULT '',
    monthly_allowance_credits BIGINT NOT NULL DEFAULT 0 CHECK (monthly_allowance_credits >= 0),
    number_exclusivity INTEGER NOT NULL CHECK (number_exclusivity IN (1, 2)),
    allowed_prefixes TEXT NOT NULL DEFAULT '',
    credit_balance BIGINT NOT NULL DEFAULT 0 CHECK (credit_balance >= 0),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    deleted_at BIGINT
);

CREATE TABLE token (
    token_key INTEGER PRIMARY KEY,
    token_id TEXT NOT NULL UNIQUE,
    secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    hint TEXT NOT NULL,
    role INTEGER NOT NULL CHECK (role IN (1, 2, 3, 4)),
    workspace_key BIGINT REFERENCES workspace (workspace_key),
    label TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    CHECK (workspace_key IS NOT NULL OR role IN (2, 4)),
    CHECK (workspace_key IS NULL OR role <> 4)
);
CREATE INDEX token_by_workspace ON token (workspace_key);

CREATE TABLE agent (
    agent_key INTEGER PRIMARY KEY,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    agent_id TEXT NOT NULL CHECK (length(agent_id) BETWEEN 1 AND 64),
    name TEXT NOT NULL,
    status INTEGER NOT NULL CHECK (status IN (1, 2, 3)),
    outbound_configured INTEGER CHECK (outbound_configured IN (0, 1)),
    sms_enabled INTEGER CHECK (sms_enabled IN (0, 1)),
    updated_at BIGINT NOT NULL,
    UNIQUE (workspace_key, agent_id),
    UNIQUE (workspace_key, agent_key)
);
CREATE INDEX agent_by_name ON agent (workspace_key, name, agent_key);

CREATE TABLE connection (
    connection_key INTEGER PRIMARY KEY,
    connection_id TEXT NOT NULL UNIQUE,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    carrier INTEGER NOT NULL CHECK (carrier IN (1, 2, 3)),
    name TEXT NOT NULL,
    status INTEGER NOT NULL CHECK (status IN (1, 2)),
    settings TEXT NOT NULL DEFAULT '{}',
    sealed_credentials BLOB,
    credential_hint TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    validated_at BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (workspace_key, name),
    UNIQUE (workspace_key, connection_key)
);

CREATE TABLE number (
    number_key INTEGER PRIMARY KEY,
    number_id TEXT NOT NULL UNIQUE,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    e164 TEXT NOT NULL CHECK (length(e164) BETWEEN 8 AND 16),
    label TEXT NOT NULL DEFAULT '',
    country_code TEXT NOT NULL DEFAULT '',
    region_label TEXT NOT NULL DEFAULT '',
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 4),
    capabilities INTEGER NOT NULL CHECK (capabilities BETWEEN 0 AND 31),
    origin INTEGER NOT NULL CHECK (origin BETWEEN 1 AND 3),
    carrier INTEGER NOT NULL CHECK (carrier BETWEEN 1 AND 3),
    connection_key BIGINT,
    status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 6),
    webhook_mode INTEGER NOT NULL CHECK (webhook_mode IN (1, 2)),
    region TEXT NOT NULL DEFAULT '',
    monthly_cost_credits BIGINT NOT NULL DEFAULT 0 CHECK (monthly_cost_credits >= 0),
    renews_at BIGINT,
    order_id TEXT NOT NULL DEFAULT '',
    release_protected INTEGER NOT NULL DEFAULT 0 CHECK (release_protected IN (0, 1)),
    release_at BIGINT,
    inbound_agent BIGINT,
    outbound_agent BIGINT,
    sms_agent BIGINT,
    outbound_enabled INTEGER NOT NULL DEFAULT 1 CHECK (outbound_enabled IN (0, 1)),
    fallback_kind INTEGER NOT NULL DEFAULT 0 CHECK (fallback_kind BETWEEN 0 AND 3),
    fallback_agent BIGINT,
    fallback_e164 TEXT NOT NULL DEFAULT '',
    ring_timeout_override INTEGER CHECK (ring_timeout_override BETWEEN 5 AND 120),
    forwarded_from TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '',
    allowed_prefixes TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    FOREIGN KEY (workspace_key, inbound_agent) REFERENCES agent (workspace_key, agent_key),
    FOREIGN KEY (workspace_key, outbound_agent) REFERENCES agent (workspace_key, agent_key),
    FOREIGN KEY (workspace_key, sms_agent) REFERENCES agent (workspace_key, agent_key),
    FOREIGN KEY (workspace_key, fallback_agent) REFERENCES agent (workspace_key, agent_key),
    FOREIGN KEY (workspace_key, connection_key) REFERENCES connection (workspace_key, connection_key),
    -- A number that is switched off has an outbound agent: the toggle resets with the assignment.
    CHECK (outbound_enabled = 1 OR outbound_agent IS NOT NULL),
    CHECK ((fallback_kind = 1) = (fallback_agent IS NOT NULL)),
    CHECK ((fallback_kind = 2) = (fallback_e164 <> '')),
    -- What is given back or never came serves nobody.
    CHECK (status IN (2, 3)
        OR (inbound_agent IS NULL AND outbound_agent IS NULL AND sms_agent IS NULL))
);
-- One live row for each number, in whatever workspace.
CREATE UNIQUE INDEX number_live_e164 ON number (e164) WHERE status BETWEEN 1 AND 4;
-- One number for each agent and profile; one agent for each number and profile is the column.
CREATE UNIQUE INDEX number_inbound_agent ON number (workspace_key, inbound_agent)
    WHERE inbound_agent IS NOT NULL;
CREATE UNIQUE INDEX number_outbound_agent ON number (workspace_key, outbound_agent)
    WHERE outbound_agent IS NOT NULL;
CREATE UNIQUE INDEX number_sms_agent ON number (workspace_key, sms_agent)
    WHERE sms_agent IS NOT NULL;
CREATE INDEX number_fallback_agent ON number (workspace_key, fallback_agent)
    WHERE fallback_agent IS NOT NULL;
CREATE INDEX number_by_workspace ON number (workspace_key, created_at, number_key);
CREATE INDEX number_by_e164 ON number (workspace_key, e164, number_key);
CREATE INDEX number_by_label ON number (workspace_key, label, number_key);
CREATE INDEX number_to_release ON number (release_at) WHERE status = 4;
CREATE INDEX number_by_connection ON number (workspace_key, connection_key)
    WHERE connection_key IS NOT NULL;

-- The incident lock: keyed by number text, not by row, so that it outlives the row.
CREATE TABLE outbound_lock (
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    e164 TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    locked_by TEXT NOT NULL,
    locked_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_key, e164)
);

-- A released number is kept apart for a while, so that a late caller reaches nobody new.
CREATE TABLE quarantine (
    e164 TEXT PRIMARY KEY,
    workspace_key BIGINT NOT NULL,
    quarantined_until BIGINT NOT NULL
);

CREATE TABLE message (
    message_key INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    number_key BIGINT NOT NULL REFERENCES number (number_key),
    agent_id TEXT NOT NULL DEFAULT '',
    at BIGINT NOT NULL,
    direction INTEGER NOT NULL CHECK (direction IN (1, 2)),
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    body TEXT NOT NULL,
    media TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    carrier_message_id TEXT NOT NULL DEFAULT ''
);
CREATE INDEX message_by_workspace ON message (workspace_key, at, message_key);
CREATE INDEX message_by_number ON message (number_key, at, message_key);
CREATE INDEX message_by_agent ON message (workspace_key, agent_id, at, message_key)
    WHERE agent_id <> '';
CREATE UNIQUE INDEX message_by_carrier_id ON message (workspace_key, carrier_message_id)
    WHERE carrier_message_id <> '';

-- The audit log; route_change marks what WatchRoutes tells of.
CREATE TABLE event (
    sequence INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    workspace_key BIGINT,
    actor TEXT NOT NULL,
    request_id TEXT NOT NULL,
    action TEXT NOT NULL,
    number_id TEXT NOT NULL DEFAULT '',
    e164 TEXT NOT NULL DEFAULT '',
    agent_id TEXT NOT NULL DEFAULT '',
    details TEXT NOT NULL DEFAULT '',
    route_change INTEGER
);
CREATE INDEX event_by_workspace ON event (workspace_key, sequence);
-- The sequence given last. It outlives its event, so that no number names two. Written once for a
-- commit; AUTOINCREMENT would write it once for an event.
CREATE TABLE event_sequence (last BIGINT NOT NULL);
INSERT INTO event_sequence (last) VALUES (0);

CREATE TABLE idempotency (
    workspace_key BIGINT NOT NULL,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    method TEXT NOT NULL,
    payload_hash BLOB NOT NULL,
    answer BLOB,
    refusal TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_key, key),
    CHECK ((answer IS NULL) <> (refusal IS NULL))
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- Append-only; the newest entry's balance is the workspace's.
CREATE TABLE credit_entry (
    entry_key INTEGER PRIMARY KEY,
    entry_id TEXT NOT NULL UNIQUE,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    at BIGINT NOT NULL,
    credits BIGINT NOT NULL,
    balance_after BIGINT NOT NULL CHECK (balance_after >= 0),
    kind TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    number_id TEXT NOT NULL DEFAULT '',
    order_id TEXT NOT NULL DEFAULT ''
);
CREATE INDEX credit_entry_by_workspace ON credit_entry (workspace_key, entry_key);

CREATE TABLE price (
    country_code TEXT NOT NULL CHECK (length(country_code) = 2),
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 4),
    monthly_cost_credits BIGINT NOT NULL CHECK (monthly_cost_credits >= 0),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (country_code, type)
);
INSERT INTO price (country_code, type, monthly_cost_credits, updated_at) VALUES ('US', 1, 500, 0);

-- Secrets of the server itself, such as the key that signs page tokens.
CREATE TABLE server_secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
);
