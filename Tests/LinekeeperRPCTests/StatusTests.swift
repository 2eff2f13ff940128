import LinekeeperProto
import Testing

@testable import LinekeeperRPC

@Suite struct StatusTests {
    @Test func `a status survives the way to the wire and back`() {
        let status = Status(
            .failedPrecondition, "The number is taken; release it first.",
            reason: "NUMBER_ALREADY_ASSIGNED", facts: ["number": "+15550001111"],
            violations: [.init(field: "number", description: "is taken")],
            retryAfterMilliseconds: 7)
        #expect(Status(status.wire) == status)
    }

    @Test func `a code that gRPC does not have reads as unknown`() {
        #expect(Status(FrameStatus(code: 4711, message: "?")).code == .unknown)
    }

    @Test func `the codes are gRPC's seventeen numbers`() {
        #expect(Status.Code.allCases.map(\.rawValue) == Array(0...16))
    }
}
