/// Keeps retries a small part of an account's traffic, so that they do not add to a carrier's trouble.
///
/// Each request adds a tenth of a token and each retry takes a whole one. A quiet account has some in
/// hand.
struct RetryBudget: Sendable {
    private static let tenthsMax = 100
    private static let tenthsOfRetry = 10
    private var tenths = tenthsMax

    /// A request that is no retry is made.
    mutating func requestBegan() { tenths = min(tenths + 1, Self.tenthsMax) }

    /// Takes what a retry costs; false when there is not enough.
    mutating func takeRetry() -> Bool {
        guard tenths >= Self.tenthsOfRetry else { return false }
        tenths -= Self.tenthsOfRetry
        return true
    }
}
