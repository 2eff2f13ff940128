import Foundation
public import LinekeeperCore
public import Logging
import Synchronization

/// A clock that stands still until a test moves it.
public final class TestClock: WallClock {
    private let moment: Mutex<Timestamp>

    /// Starts at 2026-01-01T00:00:00Z.
    public init() { moment = Mutex(Timestamp(microseconds: 1_767_225_600_000_000)) }

    public var now: Timestamp { moment.withLock { $0 } }

    /// Moves the clock on.
    public func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

/// A directory of a test's own, gone with this object.
public final class TestFolder: Sendable {
    /// Does not exist yet.
    public let path: String

    /// Chooses a name.
    public init() { path = NSTemporaryDirectory() + "linekeeper-\(UUID().uuidString)" }

    // A folder that stays behind is the system's to clear.
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Logger {
    /// Logs nothing.
    public static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
