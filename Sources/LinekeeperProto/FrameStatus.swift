/// `linekeeper.rpc.v1.Status` with its detail, as it travels in a frame.
///
/// The RPC layer gives it meaning; here it is only what the bytes say.
package struct FrameStatus: Hashable, Sendable {
    /// One field of a request that is wrong.
    package struct Violation: Hashable, Sendable {
        package var field: String
        package var description: String

        package init(field: String, description: String) {
            self.field = field
            self.description = description
        }
    }

    /// gRPC's number; any value may come off the wire.
    package var code: UInt32
    package var message: String
    package var reason: String
    package var facts: [String: String]
    package var violations: [Violation]
    /// 0: no advice.
    package var retryAfterMilliseconds: UInt32

    package init(
        code: UInt32, message: String, reason: String = "", facts: [String: String] = [:],
        violations: [Violation] = [], retryAfterMilliseconds: UInt32 = 0
    ) {
        self.code = code
        self.message = message
        self.reason = reason
        self.facts = facts
        self.violations = violations
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }
}
