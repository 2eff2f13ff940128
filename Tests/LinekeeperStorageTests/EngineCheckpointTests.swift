import Foundation
import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct EngineCheckpointTests {
    /// Pages of 2 KiB.
    private static func pages(mebibytes: Int) -> Int { mebibytes * 512 }

    @Test func `the log is copied beside the writer every 8 MiB`() {
        var schedule = CheckpointSchedule()
        let step = Self.pages(mebibytes: 8)
        #expect(schedule.committed(logPages: step - 1) == .nothing)
        #expect(schedule.committed(logPages: step) == .copyBeside)
        #expect(schedule.committed(logPages: 2 * step - 1) == .nothing)
        #expect(schedule.committed(logPages: 2 * step + 100) == .copyBeside)
        #expect(schedule.committed(logPages: 3 * step + 99) == .nothing)
    }

    @Test func `the writer copies a log that does not start over, and warns once`() {
        var schedule = CheckpointSchedule()
        let (own, warning) = (Self.pages(mebibytes: 32), Self.pages(mebibytes: 64))
        #expect(schedule.committed(logPages: own) == .copyHere)
        #expect(schedule.committed(logPages: own + 1) == .nothing)
        #expect(schedule.committed(logPages: own + Self.pages(mebibytes: 2)) == .copyHere)
        #expect(schedule.committed(logPages: warning) == .copyHereAndWarn)
        #expect(schedule.committed(logPages: warning + Self.pages(mebibytes: 2)) == .copyHere)
        #expect(schedule.committed(logPages: 10) == .nothing)
        #expect(schedule.committed(logPages: warning) == .copyHereAndWarn)
    }

    @Test func `the log stays bounded however much is written, and goes when the store closes`()
        async throws
    {
        let directory = TestDirectory()
        let store = try directory.open()
        var largest: Int64 = 0
        for number in 0..<40 {
            try await store.execute(
                """
                INSERT INTO server_secret (name, value) VALUES ('same', $1)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, .blob(Array(repeating: UInt8(number), count: 3 << 20)))
            largest = max(largest, store.statistics.logBytes)
        }
        #expect(largest > 8 << 20)
        #expect(largest < 64 << 20)
        store.close()
        #expect(!FileManager.default.fileExists(atPath: directory.log))
    }

    @Test func `the log's file grows in steps, and what a crash leaves of it is all there`()
        async throws
    {
        let directory = TestDirectory()
        let store = try directory.open()
        defer { store.close() }
        let value = SQL.Value.blob(Array(repeating: 7, count: 40_000))
        for number in 0..<40 {
            try await store.execute(
                "INSERT INTO server_secret (name, value) VALUES ($1, $2)", .text("\(number)"), value
            )
        }
        // Some 1.6 MB were written.
        #expect(store.statistics.logBytes > Int64(LogFile.step))
        let crashed = TestDirectory()
        try FileManager.default.copyItem(atPath: directory.path, toPath: crashed.path)
        let again = try crashed.open()
        defer { again.close() }
        #expect(try await again.value("SELECT count(*) FROM server_secret") == 40)
        #expect(try await again.value("SELECT sum(length(value)) FROM server_secret") == 1_600_000)
    }

    @Test func `a log file gets room before the log reaches its end, and not before`() throws {
        let path = NSTemporaryDirectory() + "log-\(UUID().uuidString)"
        defer { #expect(unlink(path) == 0) }
        try Data(repeating: 1, count: 100).write(to: URL(filePath: path))
        func bytes() throws -> Int { try Data(contentsOf: URL(filePath: path)).count }
        var file = LogFile(path: path)
        file.makeRoom(pages: 10)
        #expect(try bytes() == 100)
        file.makeRoom(pages: 1000)
        #expect(try bytes() == 100 + LogFile.step)
        file.makeRoom(pages: 1500)
        #expect(try bytes() == 100 + LogFile.step)
        file.makeRoom(pages: 2000)
        #expect(try bytes() == 100 + 2 * LogFile.step)
        // It has started over in the file that is there, and later in one that somebody cut.
        file.makeRoom(pages: 300)
        #expect(try bytes() == 100 + 2 * LogFile.step)
        #expect(truncate(path, 600_000) == 0)
        file.makeRoom(pages: 260)
        #expect(try bytes() == 600_000 + LogFile.step)
        // What stood there is as it was.
        #expect(try Data(contentsOf: URL(filePath: path)).prefix(100).allSatisfy { $0 == 1 })
    }
}
