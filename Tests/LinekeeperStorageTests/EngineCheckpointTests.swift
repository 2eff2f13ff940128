import Foundation
import LinekeeperCore
import Testing

@testable import LinekeeperStorage

@Suite struct EngineCheckpointTests {
    @Test func `the log is copied beside the writer every 8 MiB`() {
        var schedule = CheckpointSchedule()
        #expect(schedule.committed(logPages: 2047) == .nothing)
        #expect(schedule.committed(logPages: 2048) == .copyBeside)
        #expect(schedule.committed(logPages: 4095) == .nothing)
        #expect(schedule.committed(logPages: 4500) == .copyBeside)
        #expect(schedule.committed(logPages: 6547) == .nothing)
    }

    @Test func `the writer copies a log that does not start over, and warns once`() {
        var schedule = CheckpointSchedule()
        #expect(schedule.committed(logPages: 8192) == .copyHere)
        #expect(schedule.committed(logPages: 8193) == .nothing)
        #expect(schedule.committed(logPages: 8704) == .copyHere)
        #expect(schedule.committed(logPages: 16_384) == .copyHereAndWarn)
        #expect(schedule.committed(logPages: 16_896) == .copyHere)
        #expect(schedule.committed(logPages: 10) == .nothing)
        #expect(schedule.committed(logPages: 16_384) == .copyHereAndWarn)
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
