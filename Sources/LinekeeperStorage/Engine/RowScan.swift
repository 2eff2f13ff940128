import CSQLite
import LinekeeperCore

/// A query of very many rows, in which asking SQLite for one column after the other would take most
/// of the time: it hands all values of a row to a function here instead.
protocol Scan {
    /// What is read, in the order in which ``RowValues`` holds it.
    static var columns: [String] { get }
    /// The statement from FROM on. Its parameters are `$1`, `$2`, … as in a ``Query``.
    static var rest: String { get }
    func bind(to binder: inout Binder) throws(DomainError)
}

extension SQLiteConnection {
    private static let functionName = "linekeeper_row"

    /// Calls `body` for each row, in the order that the statement asks for.
    func scan<S: Scan>(
        _ scan: S, _ body: (borrowing RowValues) throws(DomainError) -> Void
    ) throws(DomainError) {
        try withoutActuallyEscaping(body) { body throws(DomainError) in
            let receiver = RowReceiver(columns: S.columns, body: body)
            try check(receiver.install(SQLiteConnection.functionName, in: database))
            defer { receiver.remove(SQLiteConnection.functionName, from: database) }
            let list = S.columns.joined(separator: ", ")
            let statement = try Statement(
                "SELECT \(SQLiteConnection.functionName)(\(list)) \(S.rest)", database: database)
            defer { statement.reset() }
            var binder = Binder(statement)
            try scan.bind(to: &binder)
            try binder.finish()
            var code = SQLITE_ROW
            while code == SQLITE_ROW, receiver.failure == nil {
                code = sqlite3_step(statement.handle)
            }
            if let failure = receiver.failure { throw failure }
            if code != SQLITE_DONE { try check(code) }
        }
    }
}

/// What the function that SQLite calls stands for during one scan.
private final class RowReceiver {
    private let columns: [String]
    private let body: (borrowing RowValues) throws(DomainError) -> Void
    /// What ended the scan early.
    private(set) var failure: DomainError?

    init(
        columns: [String], body: @escaping (borrowing RowValues) throws(DomainError) -> Void
    ) {
        self.columns = columns
        self.body = body
    }

    /// The receiver must outlive the function.
    func install(_ name: String, in database: OpaquePointer) -> Int32 {
        sqlite3_create_function_v2(
            database, name, Int32(clamping: columns.count), SQLITE_UTF8 | SQLITE_DIRECTONLY,
            Unmanaged.passUnretained(self).toOpaque(),
            { context, _, values in
                guard let receiver = sqlite3_user_data(context), let values else { return }
                Unmanaged<RowReceiver>.fromOpaque(receiver)._withUnsafeGuaranteedRef {
                    $0.take(values)
                }
            }, nil, nil, nil)
    }

    func remove(_ name: String, from database: OpaquePointer) {
        sqlite3_create_function_v2(
            database, name, Int32(clamping: columns.count), SQLITE_UTF8, nil, nil, nil, nil, nil)
    }

    // Inlining it makes the compiler (6.3.1) crash.
    @inline(never)
    private func take(_ values: UnsafeMutablePointer<OpaquePointer?>) {
        do throws(DomainError) {
            try body(RowValues(values, columns: columns))
        } catch {
            failure = error
        }
    }
}

/// The values of one row of a ``Scan``. Valid for that row only, so it cannot be kept.
struct RowValues: ~Copyable {
    private let values: UnsafeMutablePointer<OpaquePointer?>
    private let columns: [String]

    /// - Parameter values: as many as there are columns.
    fileprivate init(_ values: UnsafeMutablePointer<OpaquePointer?>, columns: [String]) {
        self.values = values
        self.columns = columns
    }

    @inline(__always)
    func int64(_ index: Int) throws(DomainError) -> Int64 {
        guard let value = try optionalInt64(index) else { throw unexpected("a number", index) }
        return value
    }

    @inline(__always)
    func optionalInt64(_ index: Int) throws(DomainError) -> Int64? {
        let value = values[index]
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: return sqlite3_value_int64(value)
        case SQLITE_NULL: return nil
        default: throw unexpected("a number", index)
        }
    }

    @inline(__always)
    func byte(_ index: Int) throws(DomainError) -> UInt8 { UInt8(clamping: try int64(index)) }

    @inline(__always)
    func bool(_ index: Int) throws(DomainError) -> Bool {
        switch try int64(index) {
        case 0: false
        case 1: true
        default: throw unexpected("0 or 1", index)
        }
    }

    /// The bytes of a text, in SQLite's memory.
    @inline(__always)
    func text(_ index: Int) throws(DomainError) -> UnsafeBufferPointer<UInt8> {
        let value = values[index]
        guard sqlite3_value_type(value) == SQLITE_TEXT else { throw unexpected("text", index) }
        // The text first: asking for the length may convert, which moves it.
        guard let base = sqlite3_value_text(value) else {
            throw DomainError(.storageFailed, "The store ran out of memory reading text.")
        }
        return UnsafeBufferPointer(start: base, count: Int(sqlite3_value_bytes(value)))
    }

    /// A text as a string.
    func string(_ index: Int) throws(DomainError) -> String {
        guard let value = String(validating: try text(index), as: UTF8.self) else {
            throw unexpected("UTF-8 text", index)
        }
        return value
    }

    @inline(never)
    private func unexpected(_ kind: String, _ index: Int) -> DomainError {
        let name = columns[index]
        return DomainError(
            .corruptData, "The store holds something other than \(kind) in column \(name).",
            facts: ["column": name])
    }
}
