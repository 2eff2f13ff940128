import Foundation

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

    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A new seed each time, printed so that `SEED=n swift test` can repeat a failure.
    static func seed(_ test: String = #function) -> UInt64 {
        let given = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init)
        let seed = given ?? UInt64.random(in: 0...UInt64(UInt32.max))
        print("\(test): SEED=\(seed)")
        return seed
    }

    /// The descriptors of this checkout's protos.
    static let protoset = root.appending(path: "proto/linekeeper.protoset")

    /// Runs a command of `reference.py` on descriptors and returns what it wrote.
    static func ask(
        _ command: String, _ arguments: [String], protoset: URL = protoset
    ) throws -> Data {
        let here = root.appending(path: "Tests/LinekeeperProtoTests/reference.py").path
        return try run(python, [here, command, protoset.path] + arguments)
    }

    /// Lends a directory that is removed afterwards.
    static func withScratch<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        return try body(scratch)
    }

    /// Runs a program and returns what it wrote; what it says on standard error goes into the error.
    static func run(_ program: String, _ arguments: [String]) throws -> Data {
        try withScratch { scratch in
            let (out, err) = (scratch.appending(path: "out"), scratch.appending(path: "err"))
            for file in [out, err] { try Data().write(to: file) }
            let process = Process()
            process.executableURL = URL(filePath: program)
            process.arguments = arguments
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: out)
            process.standardError = try FileHandle(forWritingTo: err)
            process.environment = ProcessInfo.processInfo.environment
            process.environment?["PATH"] =
                URL(filePath: python).deletingLastPathComponent().path
                + ":/usr/local/bin:/usr/bin:/bin"
            do { try process.run() } catch {
                throw Failure(
                    description: "\(program) does not start: run scripts/setup (\(error))")
            }
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                let said = String(decoding: try Data(contentsOf: err), as: UTF8.self)
                throw Failure(
                    description: "\(program) failed; has scripts/setup been run?\n\(said)")
            }
            return try Data(contentsOf: out)
        }
    }

    /// The interpreter that scripts/setup prepares, or the system's.
    static var python: String {
        let prepared = root.appending(path: ".venv/bin/python").path
        if FileManager.default.isExecutableFile(atPath: prepared) { return prepared }
        return "/usr/bin/python3"
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
