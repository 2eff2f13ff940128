import Foundation
import TestPrograms

/// Runs `reference.py`, Python's protobuf, which these tests compare with.
enum Reference {
    /// Why the reference gave no answer.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// One message of a file that `reference.py` wrote.
    struct Record {
        var type: String
        var bytes: [UInt8]
    }

    /// A new seed each time, printed so that `SEED=n swift test` can repeat a failure.
    static func seed(_ test: String = #function) -> UInt64 {
        let given = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init)
        let seed = given ?? UInt64.random(in: 0...UInt64(UInt32.max))
        print("\(test): SEED=\(seed)")
        return seed
    }

    /// The descriptors of this checkout's protos.
    static let protoset = URL(filePath: Checkout.path("proto/linekeeper.protoset"))

    /// Runs a command of `reference.py` on descriptors and returns what it wrote.
    static func ask(
        _ command: String, _ arguments: [String], protoset: URL = protoset
    ) async throws -> Data {
        let here = Checkout.path("Tests/LinekeeperProtoTests/reference.py")
        return try await run(Checkout.python, [here, command, protoset.path] + arguments)
    }

    /// Lends a directory that is removed afterwards.
    static func withScratch<Result>(
        _ body: (URL) async throws -> Result
    ) async throws -> Result {
        let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        return try await body(scratch)
    }

    /// Runs a program, whose plugins run under the prepared interpreter; answers what it wrote.
    static func run(_ program: String, _ arguments: [String]) async throws -> Data {
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] =
            URL(filePath: Checkout.python).deletingLastPathComponent().path
            + ":/usr/local/bin:/usr/bin:/bin"
        return Data(try await Program.run(program, arguments, environment: environment))
    }

    /// Takes a file of records apart.
    static func records(_ data: Data) throws -> [Record] {
        var rest = [UInt8](data)[...]
        func part() throws -> [UInt8] {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 4 + length else {
                throw Failure(description: "a record is cut off")
            }
            defer { rest = rest.dropFirst(4 + length) }
            return [UInt8](rest.dropFirst(4).prefix(length))
        }
        var records: [Record] = []
        while !rest.isEmpty {
            let type = String(decoding: try part(), as: UTF8.self)
            records.append(Record(type: type, bytes: try part()))
        }
        return records
    }

    static func write(_ records: [Record], to file: URL) throws {
        var data = Data()
        for record in records {
            for part in [Array(record.type.utf8), record.bytes] {
                withUnsafeBytes(of: UInt32(part.count).bigEndian) { data.append(contentsOf: $0) }
                data.append(contentsOf: part)
            }
        }
        try data.write(to: file)
    }
}
