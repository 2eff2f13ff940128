import Foundation
import LinekeeperTestSupport
import TestPrograms

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
        let source = Checkout.path("Tests/LinekeeperIntegrationTests/Faults/disk_fault.c")
        switchPath = home.directory + "/fault"
        environment = ["LD_PRELOAD": library, "DISK_FAULT": switchPath]
        // The compiler that comes with Swift.
        _ = try await Program.run(
            "clang",
            ["-shared", "-fPIC", "-Wall", "-Werror", "-O1", "-o", library, source, "-ldl"])
    }

    func begin(_ fault: Fault) throws {
        try Data(fault.rawValue.utf8).write(to: URL(filePath: switchPath), options: .atomic)
    }

    func end() throws { try FileManager.default.removeItem(atPath: switchPath) }
}
