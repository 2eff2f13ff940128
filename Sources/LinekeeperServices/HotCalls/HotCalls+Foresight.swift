import CProtobufC
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

// With a million numbers, what a look-up reads is hardly ever in the processor's caches. For the calls
// of one read it is asked for together: each step reads what the one before has had fetched, and has
// that fetched which it leads to.
extension HotCalls {
    /// For RouteInbound: the number's place, its entry, its agent.
    var inboundForesight: Foresight {
        let routes = routes
        return Foresight {
            routes.isLarge
        } first: { call in
            InboundQuestion(plain: call.payload).flatMap { E164($0.called) }?.digits ?? 0
        } next: { digits, step in
            switch step {
            case 0: linekeeper_prefetch(routes.place(ofNumber: digits))
            case 1: linekeeper_prefetch(routes.entry(ofNumber: digits))
            default:
                linekeeper_prefetch(routes.agent(ofNumber: digits, .inbound))
                return 0
            }
            return digits
        }
    }

    /// For AuthorizeOutbound by agent: the agent's place and its entry, and then as above.
    var outboundForesight: Foresight {
        let calls = self
        let routes = routes
        return Foresight {
            routes.isLarge
        } first: { call in
            guard let question = OutboundQuestion(plain: call.payload), !question.agentID.isEmpty,
                case .success(let workspace) = calls.workspace(
                    question.workspaceID, for: call.identity)
            else { return 0 }
            return RouteTable.hash(ofAgent: question.agentID.bytes, in: workspace)
        } next: { state, step in
            switch step {
            case 0: linekeeper_prefetch(routes.place(ofAgent: state))
            case 1: linekeeper_prefetch(routes.entry(ofAgent: state))
            case 2:
                guard let digits = routes.outboundNumber(ofAgent: state)?.digits else { return 0 }
                linekeeper_prefetch(routes.place(ofNumber: digits))
                return digits
            case 3: linekeeper_prefetch(routes.entry(ofNumber: state))
            default:
                linekeeper_prefetch(routes.agent(ofNumber: state, .outbound))
                return 0
            }
            return state
        }
    }
}
