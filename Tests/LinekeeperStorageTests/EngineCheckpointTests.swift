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
}
