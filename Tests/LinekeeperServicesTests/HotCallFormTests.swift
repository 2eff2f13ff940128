import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

/// Requests and answers of the hot calls, byte by byte.
@Suite struct HotCallFormTests {
    /// What `method` answers to these bytes, or the reason of the refusal.
    private func outcome(
        _ method: String, _ payload: [UInt8], _ client: RPCClient
    ) async -> Result<[UInt8], Status> {
        do throws(Status) {
            return .success(try await client.call(Method.assignment(method), payload: payload))
        } catch { return .failure(error) }
    }

    @Test func `answers are packed as protobuf-c packs them`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent("ann") { $0.name = "Ånn – Empfang 📞" }
            let bob = try stage.agent("bob") { $0.name = "" }.binding
            try stage.number(holder: ann)
            try stage.number("+493012345", id: 0x7FED_CBA9_8765_4321) { $0.inbound = bob }
            try stage.number("+491701234567", id: 0xFED_CBA9_8765) {
                $0.connection = nil
                $0.carrier = .twilio
                $0.region = .europe
                $0.outbound = bob
                $0.extras = NumberExtras(
                    fallback: .forward($0.e164), allowedDestinations: [])
            }
            for called in ["+14155550100", "493012345", "+491701234567"] {
                let request = Proto.RouteInboundRequest.with {
                    $0.calledE164 = called
                    $0.forwardedFrom = "14155550177"
                }
                let bytes = try await outcome("RouteInbound", request.encoded(), stage.client).get()
                let answer = try Proto.RouteInboundResponse(decoding: bytes)
                #expect(answer.encoded() == bytes)
                #expect(answer.unknownFields.isEmpty)
                #expect(answer.forwardedFrom == "+14155550177")
            }
            for from in ["+14155550100", "491701234567"] {
                let request = Proto.AuthorizeOutboundRequest.with {
                    $0.fromE164 = from
                    $0.toE164 = "493098765"
                }
                let bytes = try await outcome("AuthorizeOutbound", request.encoded(), stage.client)
                    .get()
                let answer = try Proto.AuthorizeOutboundResponse(decoding: bytes)
                #expect(answer.encoded() == bytes)
                #expect(answer.toE164 == "+493098765")
                #expect(answer.fromE164.hasSuffix(from))
            }
            let request = Proto.ResolveSmsSenderRequest.with { $0.agentID = "ann" }
            let bytes = try await outcome("ResolveSmsSender", request.encoded(), stage.client).get()
            #expect(try Proto.ResolveSmsSenderResponse(decoding: bytes).encoded() == bytes)
        }
    }

    @Test func `a request is answered alike in every form it may have`() async throws {
        try await HotCallStage.run { stage in
            let ann = try stage.agent("ann")
            try stage.number(holder: ann)
            let requests: [(method: String, payload: [UInt8])] = [
                (
                    "RouteInbound",
                    Proto.RouteInboundRequest.with {
                        $0.calledE164 = "+14155550100"
                        $0.callerE164 = "+493012345678"
                    }.encoded()
                ),
                ("RouteInbound", Proto.RouteInboundRequest.with { $0.calledE164 = "1" }.encoded()),
                (
                    "AuthorizeOutbound",
                    Proto.AuthorizeOutboundRequest.with {
                        $0.workspaceID = HotCallStage.workspaceID.description
                        $0.agentID = "ann"
                        $0.toE164 = "+493012345678"
                    }.encoded()
                ),
                (
                    "AuthorizeOutbound",
                    Proto.AuthorizeOutboundRequest.with {
                        $0.agentID = "bob"
                        $0.toE164 = "+493012345678"
                    }.encoded()
                ),
                (
                    "ResolveSmsSender",
                    Proto.ResolveSmsSenderRequest.with { $0.agentID = "ann" }.encoded()
                ),
            ]
            for (method, payload) in requests {
                let plain = await outcome(method, payload, stage.client)
                // A field of a later version behind it, in front of it, and the message said twice.
                let unknown: [UInt8] = [0xF8, 0x01, 0x07]
                for other in [payload + unknown, unknown + payload, payload + payload] {
                    switch (plain, await outcome(method, other, stage.client)) {
                    case (.success(let left), .success(let right)): #expect(left == right)
                    case (.failure(let left), .failure(let right)):
                        #expect(left.reason == right.reason)
                        #expect(left.message == right.message)
                    case (_, let right): Issue.record("\(method) \(other): \(right)")
                    }
                }
            }
        }
    }
}
