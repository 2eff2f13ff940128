import LinekeeperCore

/// A task's row.
enum CarrierTaskRow {
    static let columns = """
        task_key, workspace_key, number_key, kind, coalesce(details ->> 'region', ''),
        coalesce(details ->> 'carrier_number_id', ''), attempt, last_error, due_at
        """

    static func task(_ columns: borrowing Columns) throws(DomainError) -> CarrierTask {
        let region = try columns.string(4)
        guard let kind = CarrierTaskKind(rawValue: UInt8(clamping: try columns.int64(3))),
            region.isEmpty || RegionID(rawValue: region) != nil
        else { throw DomainError(.corruptData, "A carrier task's row cannot be read.") }
        return CarrierTask(
            key: CarrierTaskKey(rawValue: try columns.int64(0)),
            workspace: WorkspaceKey(rawValue: try columns.int64(1)),
            number: NumberKey(rawValue: try columns.int64(2)), kind: kind,
            region: RegionID(rawValue: region), carrierNumberID: try columns.string(5),
            attempt: try columns.int64(6), lastError: try columns.string(7),
            dueAt: Timestamp(microseconds: try columns.int64(8)))
    }
}

struct InsertCarrierTask: Query {
    let number: NumberKey
    let workspace: WorkspaceKey
    let kind: CarrierTaskKind
    let details: String
    let dueAt: Timestamp
    let createdAt: Timestamp
    var sql: String {
        """
        INSERT INTO carrier_task (workspace_key, number_key, kind, details, due_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(workspace.rawValue)
        try binder.bind(number.rawValue)
        try binder.bind(Int64(kind.rawValue))
        try binder.bind(details)
        try binder.bind(dueAt.microseconds)
        try binder.bind(createdAt.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

/// Makes room for a task of the same kind, which gets another key.
struct DeleteCarrierTaskOfKind: Query {
    let kind: CarrierTaskKind
    let number: NumberKey
    var sql: String { "DELETE FROM carrier_task WHERE number_key = $1 AND kind = $2" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(number.rawValue)
        try binder.bind(Int64(kind.rawValue))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct DeleteCarrierTask: Query {
    let key: CarrierTaskKey
    var sql: String { "DELETE FROM carrier_task WHERE task_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(key.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct CarrierTaskByKey: Query {
    let key: CarrierTaskKey
    var sql: String { "SELECT \(CarrierTaskRow.columns) FROM carrier_task WHERE task_key = $1" }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(key.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> CarrierTask {
        try CarrierTaskRow.task(columns)
    }
}

struct CarrierTasksOfNumber: Query {
    let number: NumberKey
    var sql: String {
        """
        SELECT \(CarrierTaskRow.columns) FROM carrier_task WHERE number_key = $1
        ORDER BY task_key
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(number.rawValue) }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> CarrierTask {
        try CarrierTaskRow.task(columns)
    }
}

struct CarrierTasksDue: Query {
    let moment: Timestamp
    let limit: Int
    var sql: String {
        """
        SELECT \(CarrierTaskRow.columns) FROM carrier_task WHERE due_at <= $1
        ORDER BY due_at, task_key LIMIT $2
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
        try binder.bind(Int64(limit))
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) -> CarrierTask {
        try CarrierTaskRow.task(columns)
    }
}

/// A row when a release of a number with this E.164 waits. Few tasks wait at a time.
struct ReleaseTaskOf: Query {
    let e164: E164
    var sql: String {
        """
        SELECT 1 FROM carrier_task CROSS JOIN number
            ON number.number_key = carrier_task.number_key
        WHERE carrier_task.kind = 4 AND number.e164 = $1 LIMIT 1
        """
    }

    func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(e164.description) }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct UpdateCarrierTaskRow: Query {
    let task: CarrierTask
    var sql: String {
        "UPDATE carrier_task SET attempt = $1, last_error = $2, due_at = $3 WHERE task_key = $4"
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(task.attempt)
        try binder.bind(task.lastError)
        try binder.bind(task.dueAt.microseconds)
        try binder.bind(task.key.rawValue)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}

struct MakeCarrierTasksDue: Query {
    let moment: Timestamp
    var sql: String { "UPDATE carrier_task SET due_at = $1 WHERE due_at > $1" }

    func bind(to binder: inout Binder) throws(DomainError) {
        try binder.bind(moment.microseconds)
    }

    static func row(_ columns: borrowing Columns) throws(DomainError) {}
}
