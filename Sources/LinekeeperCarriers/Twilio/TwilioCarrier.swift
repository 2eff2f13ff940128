public import LinekeeperCore
package import Logging

/// Speaks to Twilio.
public struct TwilioCarrier: CarrierAdapter {
    private let endpoints: CarrierEndpoints
    private let clients: CarrierClients

    /// The adapter; one of it for the whole process, so that accounts share what is known of limits.
    package init(
        endpoints: CarrierEndpoints, transport: any HTTPTransport, logger: Logger,
        limits: CarrierLimits = CarrierLimits(), time: any CarrierTime = SystemCarrierTime()
    ) {
        self.endpoints = endpoints
        clients = CarrierClients(
            carrier: "Twilio", transport: transport, logger: logger, limits: limits, time: time)
    }

    public var profile: CarrierProfile { .twilio }

    public func account(
        _ credentials: [String: String]
    ) throws(DomainError) -> (any CarrierAccount)? {
        account(try TwilioCredentials(try profile.checked(credentials)))
    }

    private func account(_ credentials: TwilioCredentials) -> TwilioAccount {
        var clients: [TwilioRegion: CarrierClient] = [:]
        for region in TwilioRegion.allCases {
            guard let login = credentials.login(for: region) else { continue }
            clients[region] = self.clients.client(
                for: [region.rawValue, credentials.accountSID, login.user, login.password],
                account: credentials.accountSID)
        }
        return TwilioAccount(credentials: credentials, endpoints: endpoints, clients: clients)
    }

    public func validate(_ credentials: [String: String]) async throws(DomainError) -> String {
        let credentials = try TwilioCredentials(try profile.checked(credentials))
        let account = account(credentials)
        var name: String?
        if let token = credentials.token {
            name = try await account.checkedName(
                with: token, in: .us1, field: "auth_token")
        }
        if let key = credentials.key {
            let known = try await account.checkedKey(key)
            name = name ?? known
        }
        for (region, token) in credentials.regionalTokens {
            _ = try await account.checkedName(
                with: token, in: region, field: region.tokenField ?? "auth_token")
        }
        return name ?? credentials.accountSID
    }
}
