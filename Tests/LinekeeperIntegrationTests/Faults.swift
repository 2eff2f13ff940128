import Foundation
import LinekeeperTestSupport

/// A disk that fails when a test says so: `Faults/disk_fault.c`, compiled and loaded into the server.
struct FaultyDisk {
    enum Fault: String, CaseIterable {
        case full = "S"
        case failingWrites = "W"
        case failingSyncs = "F"
    }

    /// The server's environment.
    let environment: [String: String]
    private let switchPath: String

    init(in home: ServerHome) async throws {
        let library = home.directory + "/disk_fault.so"
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Faults/disk_fault.c").path
        switchPath = home.directory + "/fault"
        environment = ["LD_PRELOAD": library, "DISK_FAULT": switchPath]
        try await onThread {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            // The compiler that comes with Swift.
            process.arguments = [
                "clang", "-shared", "-fPIC", "-Wall", "-Werror", "-O1", "-o", library, source,
                "-ldl",
            ]
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw TestFailure("\(source) does not compile")
            }
        }
    }

    func begin(_ fault: Fault) throws {
        try Data(fault.rawValue.utf8).write(to: URL(filePath: switchPath), options: .atomic)
    }

    func end() throws { try FileManager.default.removeItem(atPath: switchPath) }
}
