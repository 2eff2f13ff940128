/// What one account may ask of its carrier at a time.
package struct CarrierLimits: Sendable {
    /// Requests under way. Twilio limits them and does not say how many.
    package var concurrency = 10
    /// Requests that wait for their turn; more are refused.
    package var waitersMax = 1_000
    /// How often one request is tried, the first time included.
    package var triesMax = 5
    /// Before the second try; doubled before each further one, a fifth more or less.
    package var backoff: Duration = .milliseconds(250)
    /// Failures in a row that open the circuit.
    package var failuresMax = 5
    /// How long the circuit stays open; doubled after each probe that fails.
    package var firstPause: Duration = .seconds(1)
    package var pauseMax: Duration = .seconds(60)

    package init() {}
}
