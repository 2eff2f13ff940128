public import LinekeeperCore
package import Logging

/// Speaks to Telnyx.
public struct TelnyxCarrier: CarrierAdapter {
    private let endpoints: CarrierEndpoints
    private let clients: CarrierClients
    /// Accounts take turns at what must not be made twice: by a hash of the key, so that few that are
    /// not the same wait for each other.
    private let turns = (0..<64).map { _ in ConcurrencyGate(places: 1, waitersMax: 1_000) }

    /// The adapter; one of it for the whole process, so that accounts share what is known of limits.
    package init(
        endpoints: CarrierEndpoints, transport: any HTTPTransport, logger: Logger,
        limits: CarrierLimits = CarrierLimits(), time: any CarrierTime = SystemCarrierTime()
    ) {
        self.endpoints = endpoints
        clients = CarrierClients(
            carrier: "Telnyx", transport: transport, logger: logger, limits: limits, time: time)
    }

    public var profile: CarrierProfile { .telnyx }

    public func account(
        _ credentials: [String: String]
    ) throws(DomainError) -> (any CarrierAccount)? {
        try opened(credentials)
    }

    /// Telnyx does not tell an account's name: the application's stands for it.
    public func validate(_ credentials: [String: String]) async throws(DomainError) -> String {
        try await opened(credentials).checkedName()
    }

    private func opened(_ credentials: [String: String]) throws(DomainError) -> TelnyxAccount {
        let credentials = try TelnyxCredentials(try profile.checked(credentials))
        let turn = Int(truncatingIfNeeded: UInt(bitPattern: credentials.apiKey.hashValue) % 64)
        return TelnyxAccount(
            credentials: credentials, endpoints: endpoints, turn: turns[turn],
            client: clients.client(
                for: credentials.apiKey, account: "application \(credentials.connectionID)"))
    }
}
