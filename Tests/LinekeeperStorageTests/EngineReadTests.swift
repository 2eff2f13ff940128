import Foundation
import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct EngineReadTests {
    let directory = TestDirectory()

    @Test func `a read sees one state, whatever is written meanwhile`() async throws {
        let store = try directory.open()
        defer { store.close() }
        for name in ["left", "right"] {
            try await store.execute(
                """
                INSERT INTO price (country_code, type, monthly_cost_credits, updated_at)
                VALUES ($1, 1, 0, 0)
                """, .text(String(name.prefix(2))))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<200 {
                    try await store.execute(
                        "UPDATE price SET monthly_cost_credits = monthly_cost_credits + 1")
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<100 {
                        let (left, right) = try await store.readRows {
                            reader throws(DomainError) -> (Int64?, Int64?) in
                            let sql =
                                "SELECT monthly_cost_credits FROM price WHERE country_code = $1"
                            let left = try reader.connection.first(SQL(sql, "le"))
                            return (left, try reader.connection.first(SQL(sql, "ri")))
                        }
                        #expect(left == right)
                    }
                }
            }
            try await group.waitForAll()
        }
        let sum = try await store.value(
            "SELECT sum(monthly_cost_credits) FROM price WHERE country_code IN ('le', 'ri')")
        #expect(sum == 400)
    }

    @Test func `a reader cannot write`() async throws {
        let store = try directory.open()
        defer { store.close() }
        await #expect(throws: DomainError.self) {
            try await store.readRows { reader throws(DomainError) in
                try reader.connection.run(SQL("DELETE FROM price"))
            }
        }
        #expect(try await store.value("SELECT count(*) FROM price") == 1)
    }

    @Test func `a read that takes too long is cut off, and the next one is not`() async throws {
        let store = try directory.open { $0.readMillisecondsMax = 50 }
        defer { store.close() }
        let endless = """
            WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
            SELECT count(*) FROM n
            """
        await #expect {
            _ = try await store.value(endless)
        } throws: {
            ($0 as? DomainError)?.reason == .deadlineExceeded
        }
        #expect(try await store.value("SELECT 1") == 1)
    }

    @Test func `many reads wait for a thread and are all answered`() async throws {
        let store = try directory.open()
        defer { store.close() }
        let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<500 {
                group.addTask { try await store.value("SELECT \(number % 7)") ?? -1 }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == (0..<500).reduce(0) { $0 + Int64($1 % 7) })
    }
}

@Suite struct EngineQueryTests {
    let directory = TestDirectory()

    private func connection() throws -> SQLiteConnection {
        try directory.open().close()
        return try SQLiteConnection(path: directory.database, role: .writer)
    }

    @Test(
        "a text that another database would number differently is refused",
        arguments: [
            "SELECT $2, $1", "SELECT ?", "SELECT ?1", "SELECT $1, $3", "SELECT :a",
        ])
    func parameters(sql: String) throws {
        let connection = try connection()
        let error = #expect(throws: DomainError.self) {
            _ = try connection.all(SQL(sql, 1, 2))
        }
        #expect(error?.message.contains("$1, $2") == true)
    }

    @Test func `a query must bind every parameter`() throws {
        let connection = try connection()
        #expect(throws: DomainError.self) { try connection.first(SQL("SELECT $1 + $2", 1)) }
        #expect(throws: DomainError.self) { try connection.first(SQL("SELECT $1", 1, 2)) }
        #expect(try connection.first(SQL("SELECT $1 + $2 + $1", 1, 2)) == 4)
    }

    @Test func `a query is one statement`() throws {
        let connection = try connection()
        for sql in ["", "-- nothing", "SELECT 1; SELECT 2", "SELECT 1;\n"] {
            #expect(throws: DomainError.self, "\(sql)") { try connection.first(SQL(sql)) }
        }
    }

    @Test(
        "text comes back as it went in",
        arguments: [
            "", "plain", "a\0b", "\u{1F4DE} größer", String(repeating: "x", count: 100_000),
        ])
    func text(value: String) throws {
        struct Echo: Query {
            let value: String
            var sql: String { "SELECT $1" }
            func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(value) }
            static func row(_ columns: borrowing Columns) throws(DomainError) -> String {
                try columns.string(0)
            }
        }
        #expect(try connection().first(Echo(value: value)) == value)
    }

    @Test(arguments: [[], [0], [1, 2, 3]] as [[UInt8]])
    func `bytes come back as they went in, none too`(value: [UInt8]) throws {
        struct Echo: Query {
            let value: [UInt8]?
            var sql: String { "SELECT $1" }
            func bind(to binder: inout Binder) throws(DomainError) { try binder.bind(value) }
            static func row(_ columns: borrowing Columns) throws(DomainError) -> [UInt8]? {
                try columns.optionalBlob(0)
            }
        }
        let connection = try connection()
        #expect(try connection.first(Echo(value: value)) == .some(value))
        #expect(try connection.first(Echo(value: nil)) == .some(nil))
    }

    @Test(
        "a value of the wrong kind is corrupt data, not a guess",
        arguments: ["'text'", "1.5", "x'31'", "NULL"])
    func wrongKind(literal: String) throws {
        let connection = try connection()
        let error = #expect(throws: DomainError.self) {
            try connection.first(SQL("SELECT \(literal) AS wanted"))
        }
        #expect(error?.reason == .corruptData)
        #expect(error?.facts["column"] == "wanted")
    }

    @Test func `text that is not UTF-8 is corrupt data`() throws {
        struct Broken: Query {
            var sql: String { "SELECT CAST(x'66FF' AS TEXT)" }
            func bind(to binder: inout Binder) throws(DomainError) {}
            static func row(_ columns: borrowing Columns) throws(DomainError) -> String {
                try columns.string(0)
            }
        }
        let connection = try connection()
        let error = #expect(throws: DomainError.self) { try connection.first(Broken()) }
        #expect(error?.reason == .corruptData)
    }
}
