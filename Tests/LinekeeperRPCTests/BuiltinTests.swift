import LinekeeperProto
import Testing

@testable import LinekeeperRPC

@Suite struct BuiltinTests {
    private func health(
        _ peer: Peer, _ callID: UInt64, _ service: String
    ) async throws -> Proto.Response {
        var request = Proto.HealthCheckRequest()
        request.service = service
        return try await peer.call(callID, "/grpc.health.v1.Health/Check", request.encoded())
    }

    private func status(
        _ response: Proto.Response
    ) throws -> Proto.HealthCheckResponse.ServingStatus {
        #expect(response.status == nil)
        return try Proto.HealthCheckResponse(decoding: response.payload).status
    }

    @Test func `health needs no token and follows what is set`() async throws {
        let state = HealthState(overall: .notServing, services: ["a.B"])
        try await TestServer.run(extend: { $0.health(state) }) { test in
            let peer = try await test.connect()
            #expect(try status(await health(peer, 1, "")) == .notServing)
            state.set(.serving, service: "")
            #expect(try status(await health(peer, 2, "")) == .serving)
            #expect(try status(await health(peer, 3, "a.B")) == .notServing)
            state.setAll(.serving)
            #expect(try status(await health(peer, 4, "a.B")) == .serving)
            let unknown = try await health(peer, 5, "a.C")
            #expect(unknown.status?.code == 5)
            #expect(unknown.status?.detail?.reason == "SERVICE_UNKNOWN")
            let malformed = try await peer.call(
                6, "/grpc.health.v1.Health/Check", [0x0a, 0x01, 0xff])
            #expect(malformed.status?.code == 3)
            #expect(malformed.status?.detail?.violations.first?.field == "service")
        }
    }

    @Test func `a watch tells the status now and every change`() async throws {
        let state = HealthState(overall: .serving)
        try await TestServer.run(extend: { $0.health(state) }) { test in
            let peer = try await test.connect()
            var request = Proto.HealthCheckRequest()
            request.service = "late.Service"
            try await peer.send(.request(1, "/grpc.health.v1.Health/Watch", request.encoded()))
            func item() async throws -> Proto.HealthCheckResponse.ServingStatus? {
                guard case .frame(let frame) = try await peer.next(),
                    case .item(let item) = frame.body
                else { return nil }
                return try Proto.HealthCheckResponse(decoding: item.payload).status
            }
            #expect(try await item() == .serviceUnknown)
            state.set(.serving, service: "late.Service")
            #expect(try await item() == .serving)
            state.set(.serving, service: "late.Service")
            state.set(.notServing, service: "")
            state.set(.notServing, service: "late.Service")
            #expect(try await item() == .notServing)
            try await peer.send(.cancel(1))
            #expect(try await peer.response(to: 1).status?.code == 1)
            try await eventually("the watch has ended") {
                test.server.statistics.callsInFlight == 0
            }
        }
    }

    @Test func `reflection hands out the descriptors to every valid token`() async throws {
        let descriptors = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
        try await TestServer.run(extend: { $0.reflection(descriptors) }) { test in
            let peer = try await test.connect()
            let path = "/linekeeper.rpc.v1.Reflection/GetDescriptors"
            let refused = try await peer.call(1, path)
            #expect(refused.status?.detail?.reason == "TOKEN_MISSING")
            let answer = try await peer.call(
                2, path, metadata: [("authorization", "Bearer lk_reader")])
            let response = try Proto.GetDescriptorsResponse(decoding: answer.payload)
            #expect(response.fileDescriptorSet == descriptors)
        }
    }
}
