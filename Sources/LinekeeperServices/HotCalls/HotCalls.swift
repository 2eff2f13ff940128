public import LinekeeperCore
import LinekeeperProto
public import LinekeeperRPC

/// The calls that the agent runtime makes on every telephone call, answered on the event loop from
/// the route table: RouteInbound, AuthorizeOutbound, ResolveSmsSender.
///
/// They work on protobuf-c's structures in the call's arena, so that a good answer allocates
/// nothing. A refusal may: it is rare, and says more.
public final class HotCalls: Sendable {
    let routes: RouteTable
    let ringTimeouts: RingTimeouts
    let refusals: RefusalMemory
    let clock: any WallClock

    static let path = "/linekeeper.v1.AssignmentService/"

    /// The calls over a table; what they refuse is remembered for diagnosis.
    public init(
        routes: RouteTable, ringTimeouts: RingTimeouts, refusals: RefusalMemory,
        clock: any WallClock
    ) {
        self.routes = routes
        self.ringTimeouts = ringTimeouts
        self.refusals = refusals
        self.clock = clock
    }

    /// Lends a number's entry as ``RouteTable/withNumber(_:_:)`` does, without counting a reference to
    /// the table: every event loop would write to that one count for every call.
    @inline(__always)
    func withNumber(_ e164: E164, _ body: (UnsafePointer<NumberFacts>) -> Void) -> Bool {
        // The table lives as long as this object.
        Unmanaged.passUnretained(routes)._withUnsafeGuaranteedRef { $0.withNumber(e164, body) }
    }

    /// Adds the methods.
    public func register(in methods: inout MethodTable) {
        let calls = self
        methods.inline(
            Self.path + "RouteInbound", access: .role(.runtime), foresight: inboundForesight
        ) { call in calls.routeInbound(call) }
        methods.inline(
            Self.path + "AuthorizeOutbound", access: .role(.runtime), foresight: outboundForesight
        ) { call in calls.authorizeOutbound(call) }
        methods.inline(Self.path + "ResolveSmsSender", access: .role(.runtime)) { call in
            calls.resolveSmsSender(call)
        }
    }

    /// A refusal.
    ///
    /// - Parameter id: The number that it is about, under which it is remembered; `nil` where there
    ///   is none, or none that the caller may know of.
    func refuse(
        _ reason: DomainError.Reason, use: Profile, number: E164?, id: NumberID?,
        workspace: WorkspaceKey?, agentID: String = "", isLocked: Bool = false
    ) -> InlineAnswer {
        if let id { refusals.record(reason, use: use, number: id, at: clock.now) }
        return .refusal(
            Status(
                RoutingRefusals.error(
                    reason, number: number,
                    workspace: workspace.flatMap { routes.workspace($0)?.id }, agentID: agentID,
                    isLocked: isLocked)))
    }

    /// The refusal of a field that is no E.164 number.
    func invalid(_ field: String) -> InlineAnswer {
        .refusal(
            Status(
                DomainError(
                    .invalidE164,
                    "\(field) must be an E.164 number: 7 to 15 digits after the plus sign, like "
                        + "+14155550100. Leave an optional one out when it is not known.",
                    field: field)))
    }

    /// The refusal of text that is too long for an agent's id; `nil` for what may be one. Too long is
    /// all that matters: what has another fault is no agent's id, and is not found.
    func tooLong(agentID text: UnsafeRawBufferPointer) -> InlineAnswer? {
        guard text.count > 64 else { return nil }
        return .refusal(
            Status(
                DomainError(
                    .invalidArgument,
                    "agent_id must name an agent: 1 to 64 letters, digits, dots, underscores, "
                        + "colons or hyphens.",
                    field: "agent_id")))
    }

    /// The refusal of a request that cannot be read.
    func malformed<Message: ProtoMessage>(
        _ error: MalformedMessage, _: Message.Type
    ) -> InlineAnswer {
        .refusal(Status(DomainError.malformed(error, Message.self)))
    }

    /// The workspace of a request, without a Swift string where it can be helped.
    @inline(__always)
    func workspace(
        _ text: UnsafeRawBufferPointer, for identity: Identity
    ) -> Result<WorkspaceKey, DomainError> {
        let scope = Int64(bitPattern: identity.scope)
        if scope != 0, text.isEmpty { return .success(WorkspaceKey(rawValue: scope)) }
        if let id = WorkspaceID(text), let key = routes.workspaceKey(id),
            scope == 0 || key.rawValue == scope
        {
            return .success(key)
        }
        return Result { () throws(DomainError) in
            try Caller.workspace(
                named: String(decoding: text, as: UTF8.self), for: identity, in: routes)
        }
    }
}

extension WorkspaceID {
    /// Reads the text form of a request's field.
    @inline(__always)
    fileprivate init?(_ text: UnsafeRawBufferPointer) {
        guard text.count == 36, text.loadUnaligned(as: UInt32.self) == WorkspaceID.head,
            let high = WorkspaceID.half(text, at: 4), let low = WorkspaceID.half(text, at: 20)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// `wsp_`, as it lies in memory.
    private static var head: UInt32 { UInt32(littleEndian: 0x5F70_7377) }

    @inline(__always)
    private static func half(_ text: UnsafeRawBufferPointer, at start: Int) -> UInt64? {
        var value: UInt64 = 0
        for place in start..<start + 16 {
            let byte = text[place]
            let digit = byte &- UInt8(ascii: "0")
            let letter = byte &- UInt8(ascii: "a")
            guard digit <= 9 || letter <= 5 else { return nil }
            value = value << 4 | UInt64(digit <= 9 ? digit : letter &+ 10)
        }
        return value
    }
}
