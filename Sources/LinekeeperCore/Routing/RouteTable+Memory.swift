import Synchronization

// Where a look-up will read, one address leading to the next: for whoever has memory fetched before it
// looks up. An address may be stale as soon as it is told, and must never be read from.
extension RouteTable {
    /// Whether the processor's caches hardly hold what look-ups read.
    public var isLarge: Bool { numberCount.load(ordering: .relaxed) > 10_000 }

    /// Where the look-up of a number begins.
    public func place(ofNumber digits: UInt64) -> UnsafeRawPointer {
        unsafe numbers.placeAddress(KeyHash.of(digits))
    }

    /// Where the number's facts lie, if it is there.
    public func entry(ofNumber digits: UInt64) -> UnsafeRawPointer? {
        unsafe numbers.entryAddress(KeyHash.of(digits))
    }

    /// Where the agent lies that holds a profile of the number.
    public func agent(ofNumber digits: UInt64, _ profile: Profile) -> UnsafeRawPointer? {
        var address: UnsafeRawPointer?
        _ = unsafe numbers.with(KeyHash.of(digits), { unsafe $0.pointee.e164.digits == digits }) {
            unsafe address =
                switch profile {
                case .inbound: unsafe $0.pointee.inbound?.agent.address
                case .outbound: unsafe $0.pointee.outbound?.agent.address
                case .sms: unsafe $0.pointee.sms?.agent.address
                }
        }
        return unsafe address
    }

    /// The hash of an agent's id, for the functions below.
    public static func hash(ofAgent bytes: RawSpan, in workspace: WorkspaceKey) -> UInt64 {
        KeyHash.of(bytes, in: workspace.rawValue)
    }

    /// Where the look-up of an agent begins.
    public func place(ofAgent hash: UInt64) -> UnsafeRawPointer {
        unsafe agents.placeAddress(hash)
    }

    /// Where the agent's facts lie, if it is there.
    public func entry(ofAgent hash: UInt64) -> UnsafeRawPointer? {
        unsafe agents.entryAddress(hash)
    }

    /// The number that an agent of this hash calls from, most likely the one.
    public func outboundNumber(ofAgent hash: UInt64) -> E164? {
        var number: E164?
        _ = unsafe agents.with(hash, { _ in true }, { number = unsafe $0.pointee.outbound })
        return number
    }
}
