import CLinekeeperProto
import Glibc
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

    /// Adds the methods.
    public func register(in methods: inout MethodTable) {
        let calls = self
        methods.inline(Self.path + "RouteInbound", access: .role(.runtime)) { call in
            calls.routeInbound(call)
        }
        methods.inline(Self.path + "AuthorizeOutbound", access: .role(.runtime)) { call in
            calls.authorizeOutbound(call)
        }
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
    func tooLong(agentID text: UnsafePointer<CChar>) -> InlineAnswer? {
        guard strnlen(text, 65) > 64 else { return nil }
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

    /// The workspace of a request, without a Swift value where it can be helped.
    func workspace(
        _ text: UnsafePointer<CChar>, for identity: Identity
    ) -> Result<WorkspaceKey, DomainError> {
        if identity.scope != 0, text.pointee == 0 {
            return .success(WorkspaceKey(rawValue: Int64(bitPattern: identity.scope)))
        }
        return Result { () throws(DomainError) in
            try Caller.workspace(named: String(cString: text), for: identity, in: routes)
        }
    }
}

extension Carrier {
    var wire: Linekeeper__V1__Carrier { Linekeeper__V1__Carrier(UInt32(rawValue)) }
}
