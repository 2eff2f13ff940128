import CSQLite
import Foundation

extension Population {
    /// Writes the population into the database of a server that is stopped and has made its schema.
    ///
    /// Through the API it would take minutes; the rows are the same that the API would write.
    func seed(database: URL) throws(BenchError) {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard
            sqlite3_open_v2(database.path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK
        else { throw BenchError("cannot open \(database.path)") }
        for statement in statements {
            guard sqlite3_exec(connection, statement, nil, nil, nil) == SQLITE_OK else {
                let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
                throw BenchError("seeding \(database.path): \(message) in \(statement)")
            }
        }
    }

    private var statements: [String] {
        let head = Population.identifierHead
        let per = Population.numbersPerWorkspace
        let now = 1_750_000_000_000_000
        func keys(_ count: UInt64) -> String {
            "WITH RECURSIVE keys (k) AS "
                + "(SELECT 0 UNION ALL SELECT k + 1 FROM keys WHERE k + 1 < \(count))"
        }
        return [
            "PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -524288",
            "BEGIN",
            """
            INSERT INTO workspace (workspace_key, workspace_id, name, plan, number_exclusivity,
                created_at, updated_at)
            \(keys(workspaces)) SELECT k + 1, printf('wsp_\(head)%012d', k),
                printf('Workspace %d', k), 1, 1, \(now), \(now) FROM keys
            """,
            """
            INSERT INTO connection (connection_key, connection_id, workspace_key, carrier, name,
                status, created_at, updated_at)
            \(keys(workspaces)) SELECT k + 1, printf('con_\(head)%012d', k), k + 1, 3, 'Trunk', 1,
                \(now), \(now) FROM keys
            """,
            """
            INSERT INTO agent (agent_key, workspace_key, agent_id, name, status, updated_at)
            \(keys(numbers)) SELECT k + 1, k / \(per) + 1, printf('agent_%012d', k),
                printf('Agent %012d', k), 2, \(now) FROM keys
            """,
            """
            INSERT INTO number (number_key, number_id, workspace_key, e164, country_code, type,
                capabilities, origin, carrier, connection_key, status, webhook_mode,
                inbound_agent, outbound_agent, sms_agent, created_at, updated_at)
            \(keys(numbers)) SELECT k + 1, printf('num_\(head)%012d', k), k / \(per) + 1,
                printf('+%d', \(Population.firstE164) + k), 'US', 1, 3, 3, 3, k / \(per) + 1, 2, 1,
                iif(k < \(assigned), k + 1, NULL), iif(k < \(assigned), k + 1, NULL),
                iif(k < \(assigned), k + 1, NULL), \(now), \(now) FROM keys
            """,
            "COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)",
        ]
    }
}
