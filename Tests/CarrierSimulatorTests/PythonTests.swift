import CarrierSimulator
import Dispatch
import Foundation
import Testing

/// The carriers' own clients, and their documents when they are at hand.
@Suite struct PythonTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the carriers' OpenAPI documents; they are not part of the project.
    private static let documents = ProcessInfo.processInfo.environment["LINEKEEPER_CARRIER_SPECS"]

    @Test(
        "the carrier's own Python SDK works",
        arguments: ["twilio_sdk.py", "telnyx_sdk.py"])
    func sdk(script: String) async throws {
        try await Scene.with(orderDelay: .seconds(3600)) { scene in
            try await run(script, [scene.simulator.url])
        }
    }

    @Test(
        "answers are as the carriers' documents say",
        .enabled(if: documents != nil, "LINEKEEPER_CARRIER_SPECS names the documents' folder"))
    func documented() async throws {
        let documents = try #require(Self.documents)
        try await Scene.with(orderDelay: .seconds(3600)) { scene in
            try await run("validate.py", [scene.simulator.url, documents])
        }
    }

    /// Runs a script with the interpreter that scripts/setup prepares.
    private func run(_ script: String, _ arguments: [String]) async throws {
        let python = Self.root.appending(path: ".venv/bin/python").path
        let path = Self.root.appending(path: "Tests/CarrierSimulatorTests/python/" + script).path
        let (status, said) = try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: waiting would block one that all tests share.
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { try Self.runAndWait(python, ["-B", path] + arguments) })
            }
        }
        #expect(status == 0, "\(script); has scripts/setup been run?\n\(said)")
    }

    private static func runAndWait(
        _ program: String, _ arguments: [String]
    ) throws -> (status: Int32, said: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
}
