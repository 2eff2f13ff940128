-- Numbers of carriers that can be asked: what is bought, what is changed there, and what it costs.

-- The carrier's id of the number; empty for carriers without an API.
ALTER TABLE number ADD COLUMN carrier_number_id TEXT NOT NULL DEFAULT '';
-- Lines of name=value, under the carrier's own names: what managing the webhooks replaced; NULL:
-- not replaced.
ALTER TABLE number ADD COLUMN replaced_settings TEXT;
CREATE INDEX number_to_renew ON number (renews_at) WHERE renews_at IS NOT NULL AND status IN (2, 3);

-- When the next monthly allowance is granted; 0: at once.
ALTER TABLE workspace ADD COLUMN next_allowance_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX workspace_by_allowance ON workspace (next_allowance_at) WHERE deleted_at IS NULL;

-- What is on sale at the platform's own accounts, as last seen; the same for every workspace.
CREATE TABLE offer (
    offer_key INTEGER PRIMARY KEY,
    offer_id TEXT NOT NULL UNIQUE,
    source INTEGER NOT NULL CHECK (source IN (1, 2)),
    e164 TEXT NOT NULL CHECK (length(e164) BETWEEN 8 AND 16),
    country_code TEXT NOT NULL CHECK (length(country_code) = 2),
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 4),
    capabilities INTEGER NOT NULL CHECK (capabilities BETWEEN 0 AND 31),
    region_label TEXT NOT NULL DEFAULT '',
    fee_microdollars BIGINT CHECK (fee_microdollars >= 0),
    requirements TEXT NOT NULL DEFAULT '[]',
    found_at BIGINT NOT NULL,
    UNIQUE (source, e164)
);
CREATE INDEX offer_by_kind ON offer (source, country_code, type, offer_key);
CREATE INDEX offer_by_age ON offer (found_at);

-- What a country's numbers cost at a carrier that prices them by type.
CREATE TABLE carrier_fee (
    source INTEGER NOT NULL CHECK (source IN (1, 2)),
    country_code TEXT NOT NULL CHECK (length(country_code) = 2),
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 4),
    microdollars BIGINT NOT NULL CHECK (microdollars >= 0),
    found_at BIGINT NOT NULL,
    PRIMARY KEY (source, country_code, type)
);

-- One number being bought. State 5, unknown, is written before the first byte of a request may
-- leave: whoever finds it asks the carrier and sends nothing.
CREATE TABLE number_order (
    order_key INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    number_key BIGINT NOT NULL REFERENCES number (number_key),
    e164 TEXT NOT NULL CHECK (length(e164) BETWEEN 8 AND 16),
    source INTEGER NOT NULL CHECK (source IN (1, 2)),
    type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 4),
    country_code TEXT NOT NULL CHECK (length(country_code) = 2),
    monthly_cost_credits BIGINT NOT NULL CHECK (monthly_cost_credits >= 0),
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
    attempt INTEGER NOT NULL DEFAULT 0,
    carrier_order_id TEXT NOT NULL DEFAULT '',
    sent_at BIGINT,
    absent_since BIGINT,
    absent_count INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    due_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- What is not finished is due at some time; what is finished is never.
    CHECK ((state IN (3, 4)) = (due_at IS NULL))
);
CREATE INDEX number_order_by_workspace ON number_order (workspace_key, order_key);
CREATE INDEX number_order_by_state ON number_order (workspace_key, state, order_key);
CREATE INDEX number_order_due ON number_order (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX number_order_by_number ON number_order (number_key);
-- One unfinished order for each number, in whatever workspace.
CREATE UNIQUE INDEX number_order_live_e164 ON number_order (e164) WHERE state IN (1, 2, 5);

-- Something to be changed at a carrier, durable before the carrier is asked, gone when it is done.
-- Every kind can be done again without harm.
CREATE TABLE carrier_task (
    -- Never given twice: the outcome of a task that was replaced must not count for its successor.
    task_key INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_key BIGINT NOT NULL REFERENCES workspace (workspace_key),
    number_key BIGINT NOT NULL REFERENCES number (number_key),
    -- 1 manage the webhooks, 2 restore them, 3 set the region, 4 release the number.
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
    details TEXT NOT NULL DEFAULT '{}',
    attempt INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT '',
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (number_key, kind)
);
CREATE INDEX carrier_task_due ON carrier_task (due_at);

-- A secret that was replaced and goes on verifying webhooks for a while.
CREATE TABLE previous_secret (
    previous_secret_key INTEGER PRIMARY KEY,
    connection_key BIGINT NOT NULL REFERENCES connection (connection_key),
    sealed_credentials BLOB NOT NULL,
    hint TEXT NOT NULL DEFAULT '',
    replaced_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX previous_secret_by_connection ON previous_secret (connection_key, expires_at);

-- Whether an empty workspace's carriers have been looked through for numbers.
CREATE TABLE discovery (
    workspace_key INTEGER PRIMARY KEY REFERENCES workspace (workspace_key),
    state INTEGER NOT NULL CHECK (state IN (1, 2)),
    importable_count BIGINT NOT NULL DEFAULT 0,
    -- When that was found; in state 1, when it is to be looked into.
    checked_at BIGINT NOT NULL
);
