import CarrierSimulator
import Foundation
import TestPrograms
import Testing

/// The carriers' own clients, and their documents when they are at hand.
@Suite struct PythonTests {
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

    private func run(_ script: String, _ arguments: [String]) async throws {
        let path = Checkout.path("Tests/CarrierSimulatorTests/python/" + script)
        _ = try await Program.run(Checkout.python, ["-B", path] + arguments)
    }
}
