public import LinekeeperCore
import Synchronization

/// A carrier that is all in memory: accounts, their numbers, what is on sale; with a journal of what
/// it was asked, and failures and pauses on demand.
///
/// Every account it opens is the same one. A credential counts as good as long as it is in
/// ``acceptSecret(_:)``.
public final class FakeCarrier: CarrierAdapter {
    /// Something the carrier was asked.
    public enum Call: Hashable, Sendable {
        case validate
        case list(cursor: String?)
        case look(E164)
        case manage(E164)
        case restore(E164, [String: String])
        case setRegion(E164, RegionID?)
        case release(E164)
        case search
        case purchase(E164)
        case find(E164)

        /// Whether it changes something at the carrier.
        public var isWrite: Bool {
            switch self {
            case .validate, .list, .look, .search, .find: false
            case .manage, .restore, .setRegion, .release, .purchase: true
            }
        }
    }

    fileprivate struct Failure {
        var error: DomainError
        var matches: @Sendable (Call) -> Bool
        var timesLeft: Int
    }

    fileprivate struct Pause {
        var matches: @Sendable (Call) -> Bool
        var stopped = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    struct State {
        var secrets: Set<String> = []
        var numbers: [CarrierNumber] = []
        var offers: [CarrierOffer] = []
        var unreadable: [String] = []
        var regions: [E164: RegionID] = [:]
        var journal: [Call] = []
        fileprivate var failures: [Failure] = []
        fileprivate var pause: Pause?
    }

    public let carrier: Carrier
    let pageSize: Int
    let state = Mutex(State())

    /// A carrier that takes one secret.
    ///
    /// - Parameter pageSize: Numbers in one page of the account's list.
    public init(_ carrier: Carrier = .twilio, secret: String, pageSize: Int = 1_000) {
        self.carrier = carrier
        self.pageSize = pageSize
        state.withLock { $0.secrets = [secret] }
    }

    /// Everything it was asked, in the order in which that came.
    public var journal: [Call] { state.withLock { $0.journal } }
    /// What of it changed something.
    public var writes: [Call] { journal.filter(\.isWrite) }
    /// The account's numbers.
    public var numbers: [CarrierNumber] {
        get { state.withLock { $0.numbers } }
        set { state.withLock { $0.numbers = newValue } }
    }
    /// What is on sale.
    public var offers: [CarrierOffer] {
        get { state.withLock { $0.offers } }
        set { state.withLock { $0.offers = newValue } }
    }
    /// Entries of the account's list that cannot be read.
    public var unreadable: [String] {
        get { state.withLock { $0.unreadable } }
        set { state.withLock { $0.unreadable = newValue } }
    }

    /// Changes one number behind everybody's back.
    public func edit(_ e164: E164, _ change: (inout CarrierNumber) -> Void) {
        state.withLock { state in
            for index in state.numbers.indices where state.numbers[index].e164 == e164 {
                change(&state.numbers[index])
            }
        }
    }

    /// The region that a number's calls are processed in.
    public func region(of e164: E164) -> RegionID? { state.withLock { $0.regions[e164] } }

    /// Takes another secret from now on.
    public func acceptSecret(_ secret: String) {
        state.withLock { _ = $0.secrets.insert(secret) }
    }

    /// Takes a secret no longer.
    public func rejectSecret(_ secret: String) { state.withLock { _ = $0.secrets.remove(secret) } }

    /// Answers what matches with an error, before anything is done.
    public func fail(
        _ reason: DomainError.Reason, _ words: String = "The carrier is out of order.",
        times: Int = .max, when matches: @escaping @Sendable (Call) -> Bool = { _ in true }
    ) {
        state.withLock {
            $0.failures.append(
                Failure(error: DomainError(reason, words), matches: matches, timesLeft: times))
        }
    }

    /// Answers everything again.
    public func recover() { state.withLock { $0.failures = [] } }

    /// Leaves unanswered what matches, until ``resume()``.
    public func pause(when matches: @escaping @Sendable (Call) -> Bool) {
        state.withLock { $0.pause = Pause(matches: matches) }
    }

    /// How many calls wait for ``resume()``.
    public var pausedCount: Int { state.withLock { $0.pause?.stopped ?? 0 } }

    /// Answers what waits, and everything that comes.
    public func resume() {
        let waiting = state.withLock { state in
            defer { state.pause = nil }
            return state.pause?.waiting ?? []
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Notes a call; waits and fails as it was told to.
    func enter(_ call: Call, secret: String) async throws(DomainError) {
        let error = state.withLock { state -> DomainError? in
            state.journal.append(call)
            guard state.secrets.contains(secret) else {
                return DomainError(
                    .credentialsRejected, "The carrier does not take these credentials.")
            }
            for index in state.failures.indices
            where state.failures[index].timesLeft > 0 && state.failures[index].matches(call) {
                state.failures[index].timesLeft -= 1
                return state.failures[index].error
            }
            return nil
        }
        if let error { throw error }
        await withCheckedContinuation { continuation in
            let mayGo = state.withLock { state in
                guard let pause = state.pause, pause.matches(call) else { return true }
                state.pause?.stopped += 1
                state.pause?.waiting.append(continuation)
                return false
            }
            if mayGo { continuation.resume() }
        }
    }

    // MARK: CarrierAdapter

    public var profile: CarrierProfile {
        CarrierProfile(
            carrier: carrier,
            fields: [
                CredentialField(
                    name: "account", label: "Account", isSecret: false, isRequired: true, help: ""),
                CredentialField(
                    name: "secret", label: "Secret", isSecret: true, isRequired: true,
                    verifiesWebhooks: true, help: ""),
                CredentialField(
                    name: "papers", label: "Papers", isSecret: false, isRequired: false, help: ""),
            ],
            accountMark: carrier == .twilio
                ? .name(field: "account") : .possession(field: "account"),
            supportsSearch: true, supportsListing: true, supportsRegions: carrier == .twilio,
            supportsWebhooks: true)
    }

    public func validate(_ credentials: [String: String]) async throws(DomainError) -> String {
        let checked = try profile.checked(credentials)
        try await enter(.validate, secret: checked["secret"] ?? "")
        return checked["account"] ?? ""
    }

    public func account(
        _ credentials: [String: String]
    ) throws(DomainError) -> (any CarrierAccount)? {
        FakeAccount(carrier: self, secret: credentials["secret"] ?? "")
    }
}
