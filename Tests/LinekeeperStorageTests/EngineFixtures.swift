import Dispatch
import Foundation
import LinekeeperCore
import Logging
import Synchronization

@testable import LinekeeperStorage

/// A directory of a test's own, gone with the test.
final class TestDirectory: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "linekeeper-\(UUID().uuidString)"
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // Nothing was opened in it.
        }
    }

    var database: String { path + "/linekeeper.db" }
    var log: String { path + "/linekeeper.db-wal" }

    func open(
        at now: Timestamp = .start, _ change: (inout SQLiteStore.Options) -> Void = { _ in }
    ) throws -> SQLiteStore {
        var options = SQLiteStore.Options()
        change(&options)
        return try SQLiteStore.open(
            directory: path, clock: FixedClock(now: now), logger: .quiet, options: options)
    }

    /// Opens a store, closes it again, and answers the refusal of a second try.
    func refusal(
        at now: Timestamp = .start, _ change: (inout SQLiteStore.Options) -> Void = { _ in }
    ) -> DomainError? {
        do {
            try open(at: now, change).close()
            return nil
        } catch {
            return error as? DomainError
        }
    }
}

struct FixedClock: WallClock {
    let now: Timestamp
}

extension Timestamp {
    /// 2026-01-01T00:00:00Z.
    static let start = Timestamp(microseconds: 1_767_225_600_000_000)
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

/// A statement written in a test.
struct SQL: Query {
    enum Value: Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
        ExpressibleByNilLiteral
    {
        case integer(Int64)
        case text(String)
        case blob([UInt8])
        case null

        init(integerLiteral value: Int64) { self = .integer(value) }
        init(stringLiteral value: String) { self = .text(value) }
        init(nilLiteral: ()) { self = .null }
    }

    let sql: String
    let values: [Value]

    init(_ sql: String, _ values: Value...) {
        self.sql = sql
        self.values = values
    }

    func bind(to binder: inout Binder) throws(DomainError) {
        for value in values {
            switch value {
            case .integer(let value): try binder.bind(value)
            case .text(let value): try binder.bind(value)
            case .blob(let value): try binder.bind(value)
            case .null: try binder.bind(nil as Int64?)
            }
        }
    }

    /// The first column, where it is a number.
    static func row(_ columns: borrowing Columns) throws(DomainError) -> Int64 {
        try columns.int64(0)
    }
}

typealias Body = @Sendable (SQLiteWriter) throws(DomainError) -> [UInt8]

extension Mutation {
    /// A mutation of a test, with what `body` needs of the writer at hand.
    init(
        workspace: WorkspaceKey? = nil, at: Timestamp = .start, key: IdempotencyKey? = nil,
        _ body: @escaping Body,
        then completion: @escaping @Sendable (Result<[UInt8], DomainError>) -> Void = { _ in }
    ) {
        self.init(
            request: MutationRequest(
                workspace: workspace, actor: "tok_test", requestID: "req_test", at: at,
                idempotency: key),
            body: { writer throws(DomainError) in
                guard let writer = writer as? SQLiteWriter else {
                    throw DomainError(.storageFailed, "Another store's writer.")
                }
                return try body(writer)
            }, completion: completion)
    }
}

extension SQLiteStore {
    /// Makes a change and waits for its outcome.
    func change(
        workspace: WorkspaceKey? = nil, at: Timestamp = .start, key: IdempotencyKey? = nil,
        _ body: @escaping Body
    ) async -> Result<[UInt8], DomainError> {
        await withCheckedContinuation { continuation in
            write(
                Mutation(workspace: workspace, at: at, key: key, body) {
                    continuation.resume(returning: $0)
                })
        }
    }

    /// Makes a change of one statement.
    @discardableResult
    func execute(_ sql: String, _ values: SQL.Value...) async throws -> [UInt8] {
        let statement = SQL(sql: sql, values: values)
        return try await change { writer throws(DomainError) in
            try writer.connection.run(statement)
            return []
        }.get()
    }

    /// The number in the first column of the first row.
    func value(_ sql: String) async throws -> Int64? {
        try await readRows { reader throws(DomainError) in try reader.connection.first(SQL(sql)) }
    }

    /// Adds a workspace to the tables, not to the route table.
    func addWorkspace(_ name: String = "One") async throws -> WorkspaceKey {
        let answer = try await change { writer throws(DomainError) in
            try writer.connection.run(
                SQL(
                    """
                    INSERT INTO workspace (workspace_id, name, plan, number_exclusivity, created_at,
                        updated_at)
                    VALUES ($1, $2, 1, 1, 0, 0)
                    """, .text(TestID.workspace(name).description), .text(name)))
            return Array("\(writer.connection.lastInsertRowID)".utf8)
        }.get()
        return WorkspaceKey(rawValue: Int64(String(decoding: answer, as: UTF8.self)) ?? 0)
    }

    /// Holds the writer up in a mutation, so that what is queued meanwhile is one batch.
    func holdWriter() -> WriterHold {
        let hold = WriterHold()
        write(
            Mutation { _ in
                hold.started.signal()
                hold.goOn.wait()
                return []
            })
        hold.started.wait()
        return hold
    }
}

extension SQL {
    fileprivate init(sql: String, values: [Value]) {
        self.sql = sql
        self.values = values
    }
}

/// A writer that waits inside a mutation.
struct WriterHold: Sendable {
    fileprivate let started = DispatchSemaphore(value: 0)
    fileprivate let goOn = DispatchSemaphore(value: 0)

    func release() { goOn.signal() }
}

/// Collects outcomes in the order of their completions.
final class Outcomes: Sendable {
    private let list = Mutex<[Result<[UInt8], DomainError>]>([])
    private let arrived = DispatchSemaphore(value: 0)

    var all: [Result<[UInt8], DomainError>] { list.withLock { $0 } }

    var completion: @Sendable (Result<[UInt8], DomainError>) -> Void {
        { outcome in
            self.list.withLock { $0.append(outcome) }
            self.arrived.signal()
        }
    }

    /// Waits until so many have come; answers whether they did within ten seconds.
    func wait(for count: Int) -> Bool {
        for _ in 0..<count where arrived.wait(timeout: .now() + 10) == .timedOut { return false }
        return true
    }
}

enum TestID {
    static func workspace(_ name: String) -> WorkspaceID {
        WorkspaceID(high: 1, low: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    }

    static func number(_ value: UInt64) -> NumberID { NumberID(high: 2, low: value) }
}

extension Result {
    /// The refusal, where it is one.
    var refusal: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }

    /// The answer, where it is one.
    var answer: Success? {
        if case .success(let answer) = self { answer } else { nil }
    }
}
