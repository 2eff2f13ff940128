import LinekeeperCore
import Logging
import Synchronization

/// Keeps one client for each account in use: what is known of a carrier's limits and health is known
/// to all who speak to it with the same credentials.
final class CarrierClients: Sendable {
    /// The client that was used longest ago makes room for another; it starts afresh when it comes
    /// back.
    private static let clientsMax = 1_024

    private struct Entry {
        let client: CarrierClient
        var usedAt: UInt64
    }

    private struct State {
        /// By a hash of the credentials, so that no secret is kept here. Should two be alike, those
        /// accounts only share their limits: a client holds no credentials.
        var entries: [Int: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let carrier: String
    private let transport: any HTTPTransport
    private let logger: Logger
    private let limits: CarrierLimits
    private let time: any CarrierTime
    private let state = Mutex(State())

    init(
        carrier: String, transport: any HTTPTransport, logger: Logger, limits: CarrierLimits,
        time: any CarrierTime
    ) {
        self.carrier = carrier
        self.transport = transport
        self.logger = logger
        self.limits = limits
        self.time = time
    }

    /// The client of whoever has these credentials.
    ///
    /// - Parameter account: What logs call the account; no secret.
    func client(for credentials: some Hashable, account: String) -> CarrierClient {
        state.withLock { state in
            let key = credentials.hashValue
            state.uses &+= 1
            if let known = state.entries[key]?.client {
                state.entries[key]?.usedAt = state.uses
                return known
            }
            if state.entries.count >= CarrierClients.clientsMax,
                let oldest = state.entries.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.entries[oldest.key] = nil
            }
            let client = CarrierClient(
                carrier: carrier, account: account, transport: transport, logger: logger,
                limits: limits, time: time)
            state.entries[key] = Entry(client: client, usedAt: state.uses)
            return client
        }
    }
}
