import CLinekeeperProto
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension HotCalls {
    /// What of a number's entry goes into the answer.
    private struct Route {
        /// `nil` until the number is found, and the caller's to see.
        var id: NumberID?
        var workspace = WorkspaceKey(rawValue: 0)
        var connection: ConnectionKey?
        var decision = InboundDecision.refused(.numberNotFound)
        var ringTimeoutOverride: UInt8?
        var agent: (id: UnsafeMutablePointer<CChar>, name: UnsafeMutablePointer<CChar>)?
        var forwardTo: E164?
    }

    /// Who answers this number?
    func routeInbound(_ call: borrowing InlineCall) -> InlineAnswer {
        let request: UnsafePointer<Linekeeper__V1__RouteInboundRequest>
        do throws(MalformedMessage) {
            request = try Proto.RouteInboundRequest.codec.unpack(
                call.payload.unsafeBytes, as: Linekeeper__V1__RouteInboundRequest.self,
                arena: call.arena)
        } catch { return malformed(error, Proto.RouteInboundRequest.self) }

        guard let called = E164(request.pointee.called_e164) else { return invalid("called_e164") }
        var caller: E164?
        if request.pointee.caller_e164.pointee != 0 {
            caller = E164(request.pointee.caller_e164)
            guard caller != nil else { return invalid("caller_e164") }
        }
        var forwardedFrom: E164?
        if request.pointee.forwarded_from.pointee != 0 {
            forwardedFrom = E164(request.pointee.forwarded_from)
            guard forwardedFrom != nil else { return invalid("forwarded_from") }
        }
        let channel: Channel
        switch request.pointee.channel.rawValue {
        case 0, 1: channel = .voice
        case 2: channel = .sms
        default:
            return .refusal(
                Status(
                    DomainError(
                        .invalidArgument, "channel must be VOICE or SMS.", field: "channel")))
        }

        let text = ArenaText(arena: call.arena)
        let scope = call.identity.scope
        var route = Route()
        _ = routes.withNumber(called) { number in
            // Another workspace's number is one that does not exist.
            guard scope == 0 || number.workspace.rawValue == Int64(bitPattern: scope) else {
                return
            }
            read(number, channel, text, into: &route)
        }
        if case .refused(let reason) = route.decision {
            let isKnown = reason != .numberNotFound
            return refuse(
                reason, use: channel == .voice ? .inbound : .sms, number: called, id: route.id,
                workspace: isKnown ? route.workspace : nil,
                agentID: route.agent.map { String(cString: $0.id) } ?? "")
        }
        return answer(
            route, called: called, forwardedFrom: forwardedFrom,
            ringTimeout: ringTimeouts.seconds(
                override: route.ringTimeoutOverride, from: caller, to: called), text)
    }

    private func read(
        _ number: borrowing NumberFacts, _ channel: Channel, _ text: ArenaText,
        into route: inout Route
    ) {
        route.id = number.id
        route.workspace = number.workspace
        route.connection = number.connection
        route.ringTimeoutOverride = number.ringTimeoutOverride
        route.decision = number.inboundDecision(for: channel)
        switch route.decision {
        case .fallback:
            switch number.extras?.fallback {
            case .agent(let agent): route.agent = text.agent(agent)
            case .forward(let target): route.forwardTo = target
            case .reject, nil: break
            }
        case .agent, .refused:
            if let agent = number.binding(for: channel) {
                route.agent = text.agent(agent)
            }
        }
    }

    private func answer(
        _ route: Route, called: E164, forwardedFrom: E164?, ringTimeout: UInt8, _ text: ArenaText
    ) -> InlineAnswer {
        let reply = text.arena.claim(MemoryLayout<Linekeeper__V1__RouteInboundResponse>.size)
            .bindMemory(to: Linekeeper__V1__RouteInboundResponse.self, capacity: 1)
        linekeeper__v1__route_inbound_response__init(reply)
        if let id = route.id {
            reply.pointee.number_id = text.identifier("num_", high: id.high, low: id.low)
        }
        _ = routes.withWorkspace(route.workspace) { workspace in
            reply.pointee.workspace_id = text.identifier(
                "wsp_", high: workspace.id.high, low: workspace.id.low)
        }
        if let connection = route.connection {
            _ = routes.withConnection(connection) { connection in
                reply.pointee.connection_id = text.identifier(
                    "con_", high: connection.id.high, low: connection.id.low)
            }
        }
        reply.pointee.called_e164 = text.e164(called)
        reply.pointee.ring_timeout_seconds = UInt32(ringTimeout)
        reply.pointee.fallback_used = route.decision == .fallback ? 1 : 0
        if let agent = route.agent {
            reply.pointee.agent_id = agent.id
            reply.pointee.agent_name = agent.name
            reply.pointee.action = LINEKEEPER__V1__ROUTE_ACTION__ROUTE_ACTION_AGENT
        } else if let target = route.forwardTo {
            reply.pointee.forward_to_e164 = text.e164(target)
            reply.pointee.action = LINEKEEPER__V1__ROUTE_ACTION__ROUTE_ACTION_FORWARD
        } else {
            reply.pointee.action = LINEKEEPER__V1__ROUTE_ACTION__ROUTE_ACTION_REJECT
        }
        if let forwardedFrom { reply.pointee.forwarded_from = text.e164(forwardedFrom) }
        return .message(ReplyMessage(reply))
    }
}
