import GRDB

/// The tables. Migrations only add: a release older by one must still be able to work with what it finds, so no column
/// is renamed or dropped and none added without a default. A store that knows more migrations than this list opens.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("2026-11 first tables") { database in
      for table in [work, leads, outbox, shared] { try database.execute(sql: table) }
    }
    migrator.registerMigration("2026-11 look-ups by time") { database in
      try database.execute(sql: "CREATE INDEX lookups_by_time ON lookups (at)")
    }
    return migrator
  }

  /// Leases, deliveries and the inbox.
  private static let work = """
    CREATE TABLE health (checks INTEGER NOT NULL);
    INSERT INTO health VALUES (0);

    -- held_until: nanoseconds of the opening process's monotonic clock.
    CREATE TABLE partitions (
      partition INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, holder TEXT, held_until INTEGER NOT NULL
    );

    CREATE TABLE deliveries (
      key TEXT PRIMARY KEY, body_hash TEXT, lead TEXT NOT NULL, expires_at REAL NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX deliveries_by_expiry ON deliveries (expires_at);

    CREATE TABLE messages (
      id TEXT PRIMARY KEY, partition INTEGER NOT NULL, lead TEXT NOT NULL, received_at REAL NOT NULL,
      body TEXT NOT NULL, running INTEGER NOT NULL DEFAULT 0, deaths_alone INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX messages_by_partition ON messages (partition, id);
    """

  /// The lead documents with what they are found by, and the audit.
  private static let leads = """
    CREATE TABLE leads (
      id TEXT PRIMARY KEY, partition INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
      owner TEXT, identity TEXT NOT NULL, domain TEXT, name TEXT, company TEXT,
      received_at REAL NOT NULL, changed_at REAL NOT NULL, parked_at REAL, parked_reason TEXT,
      document TEXT NOT NULL
    );
    CREATE INDEX leads_by_time ON leads (received_at, id);
    CREATE INDEX leads_by_state ON leads (state, received_at, id);
    CREATE INDEX leads_by_owner ON leads (owner, received_at, id) WHERE owner IS NOT NULL;
    CREATE INDEX leads_by_identity ON leads (identity, received_at, id);
    CREATE INDEX leads_by_domain ON leads (domain, received_at, id) WHERE domain IS NOT NULL;
    CREATE INDEX leads_by_name ON leads (name) WHERE name IS NOT NULL;
    CREATE INDEX leads_by_company ON leads (company) WHERE company IS NOT NULL;
    CREATE INDEX unfinished_leads ON leads (partition, id) WHERE state IN ('received', 'processing');
    CREATE INDEX open_leads ON leads (owner)
      WHERE state IN ('processing', 'delivered', 'claimed', 'worked', 'in_review');
    CREATE INDEX parked_leads ON leads (parked_at) WHERE parked_at IS NOT NULL;

    CREATE TABLE assignments (owner TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;

    CREATE TABLE history (number INTEGER PRIMARY KEY, lead TEXT NOT NULL, entry TEXT NOT NULL);
    CREATE INDEX history_by_lead ON history (lead, number);

    CREATE TABLE documents (
      key TEXT PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL
    ) WITHOUT ROWID;
    """

  /// What is to be done later. A finished effect keeps its key, so that it is never made again, but not its content.
  private static let outbox = """
    CREATE TABLE effects (
      key TEXT PRIMARY KEY, lead TEXT NOT NULL, partition INTEGER NOT NULL, target TEXT NOT NULL,
      sequence INTEGER NOT NULL, created_at REAL NOT NULL, status TEXT NOT NULL DEFAULT 'waiting',
      attempts INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL, running INTEGER NOT NULL DEFAULT 0,
      outcome_unknown INTEGER NOT NULL DEFAULT 0, deaths_alone INTEGER NOT NULL DEFAULT 0, last_error TEXT,
      finished_at REAL, document TEXT
    );
    CREATE INDEX effects_by_lead ON effects (lead, status, sequence, key);
    CREATE INDEX waiting_effects ON effects (partition, not_before, lead) WHERE status = 'waiting';
    CREATE INDEX waiting_effects_by_age ON effects (created_at) WHERE status = 'waiting';
    CREATE INDEX refused_effects ON effects (finished_at) WHERE status = 'refused';

    CREATE TABLE timers (
      key TEXT PRIMARY KEY, lead TEXT NOT NULL, partition INTEGER NOT NULL, kind TEXT NOT NULL, due REAL NOT NULL
    );
    CREATE INDEX timers_by_due ON timers (partition, due);
    CREATE INDEX timers_by_lead ON timers (lead, due);
    """

  /// What all leads share.
  private static let shared = """
    -- Vectors are little-endian 32-bit floats.
    CREATE TABLE memories (
      id TEXT PRIMARY KEY, account TEXT NOT NULL, lead TEXT NOT NULL, model TEXT NOT NULL, vector BLOB NOT NULL,
      document TEXT NOT NULL
    );
    CREATE INDEX memories_by_lead ON memories (lead);
    CREATE INDEX memories_by_model ON memories (model);

    CREATE TABLE counters (
      name TEXT NOT NULL, day INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (name, day)
    ) WITHOUT ROWID;

    CREATE TABLE lookups (key TEXT PRIMARY KEY, content BLOB NOT NULL, at REAL NOT NULL);

    CREATE TABLE policies (version TEXT PRIMARY KEY, document TEXT NOT NULL);
    """
}
