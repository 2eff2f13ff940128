import ArgumentParser
import CBench
import Foundation
import LinekeeperProto

/// Checks that the benchmark measures what it says: what is sent, what is understood, what is
/// counted.
struct SelfTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest", abstract: "Checks the generator and the floor on each other.")

    func run() throws {
        let settings = Settings(isQuick: true, runs: 1, numbers: nil, server: nil)
        let laboratory = Laboratory(settings)
        defer { laboratory.tearDown() }
        let checks: [(String, () throws -> Void)] = [
            ("a histogram's quantiles are within 1 %", histogram),
            ("requests carry the digits of their key", requests),
            ("a second round over the keys undoes the first", rounds),
            ("answers are told apart by protobuf's rules", scanning),
            ("the floor's answer decodes as RouteInboundResponse", { try answer(laboratory) }),
            ("every call of a closed loop is answered and timed", { try closed(laboratory) }),
            ("an open loop makes the calls that are due", { try open(laboratory) }),
            ("a dead server is an error and no figure", { try dead(laboratory) }),
        ]
        var failures = 0
        for (name, check) in checks {
            do {
                try check()
                print("ok      \(name)")
            } catch {
                failures += 1
                print("FAILED  \(name): \(error)")
            }
        }
        if failures > 0 { throw ExitCode.failure }
    }

    private func expect(
        _ condition: Bool, _ found: @autoclosure () -> String
    ) throws(BenchError) {
        if !condition { throw BenchError("found \(found())") }
    }

    private func histogram() throws {
        let histogram = cbench_histogram_new()
        defer { cbench_histogram_free(histogram) }
        try expect(cbench_histogram_quantile(histogram, 0.5) == 0, "a median of nothing")
        for value in 1...1_000_000 as ClosedRange<UInt64> { cbench_histogram_add(histogram, value) }
        for fraction in [0.001, 0.5, 0.99, 0.999, 1] {
            let found = Double(cbench_histogram_quantile(histogram, fraction))
            try expect(
                abs(found / (fraction * 1_000_000) - 1) < 0.01, "\(found) at \(fraction)")
        }
    }

    private func requests() throws {
        let population = Population(numbers: 1_000_000)
        let set = try population.authorizeOutbound()
        var keys: Set<Int> = []
        for callID in 1...1000 as ClosedRange<UInt64> {
            let (frame, request) = try sent(set, callID: callID)
            try expect(frame.callID == callID, "call id \(frame.callID)")
            let message = try Proto.AuthorizeOutboundRequest(decoding: request.payload)
            guard let key = Int(message.agentID.dropFirst("agent_".count)) else {
                throw BenchError("agent \(message.agentID)")
            }
            let workspace = Int(message.workspaceID.suffix(12))
            try expect(workspace == key / 10_000, "workspace \(message.workspaceID) of \(key)")
            try expect((0..<750_000).contains(key), "key \(key)")
            keys.insert(key)
        }
        try expect(keys.count > 990, "\(keys.count) different keys in 1000")
        let route = try Proto.RouteInboundRequest(
            decoding: sent(try population.routeInbound(), callID: 1).request.payload)
        try expect(
            route.calledE164.hasPrefix("+12000") && route.calledE164.count == 12, route.calledE164)
    }

    private func rounds() throws {
        let set = try Population(numbers: 1000).updateAssignments()
        for call in 0..<1000 as Range<UInt64> {
            let message = try Proto.UpdateAssignmentsRequest(
                decoding: sent(set, callID: call + 1).request.payload)
            let key = Int(750 + call % 250)
            try expect(Int(message.numberID.suffix(12)) == key, message.numberID)
            let change = message.inbound?.change
            if call / 250 % 2 == 0 {
                let name = "agent_" + String(repeating: "0", count: 9) + String(key)
                try expect(change == .agentID(name), "\(String(describing: change))")
            } else {
                try expect(change == .clear(true), "\(String(describing: change))")
            }
        }
    }

    private func sent(
        _ set: RequestSet, callID: UInt64
    ) throws -> (frame: Proto.Frame, request: Proto.Request) {
        let bytes = set.nextFrame(callID: callID)
        let frame = try Proto.Frame(decoding: Array(bytes.dropFirst(4)))
        guard case .request(let request)? = frame.body else { throw BenchError("no request") }
        try expect(Endpoint.prefixed(frame.encoded()).count == bytes.count, "another length")
        return (frame, request)
    }

    private func scanning() throws {
        func scan(_ frame: Proto.Frame) -> cbench_frame {
            let bytes = frame.encoded()
            return cbench_scan_frame(bytes, bytes.count)
        }
        let refusal = Proto.Status.with {
            $0.code = 9
            $0.message = "no"
            $0.detail = .with { $0.reason = "NOT_ASSIGNED" }
        }
        for callID in [1, 127, 128, 1 << 40] as [UInt64] {
            for code in [0, 9] as [UInt64] {
                let found = scan(
                    .with { frame in
                        frame.callID = callID
                        frame.body = .response(
                            .with {
                                $0.payload = Array(repeating: 7, count: 300)
                                if code > 0 { $0.status = refusal }
                            })
                    })
                try expect(
                    found.kind == CBENCH_FRAME_RESPONSE && found.call_id == callID
                        && found.code == code, "\(found)")
            }
        }
        let goAway = scan(.with { $0.body = .goAway(.with { $0.status = refusal }) })
        try expect(goAway.kind == CBENCH_FRAME_GO_AWAY && goAway.code == 9, "\(goAway)")
        let pong = scan(.with { $0.body = .pong(.with { $0.token = 5 }) })
        try expect(pong.kind == CBENCH_FRAME_OTHER, "\(pong)")
        let broken: [UInt8] = [0x08, 0x01, 0x1a, 0x7f, 0x00]
        try expect(
            cbench_scan_frame(broken, broken.count).kind == CBENCH_FRAME_MALFORMED, "sense")
    }

    private func answer(_ laboratory: Laboratory) throws {
        let payload = try laboratory.floor().endpoint.call(
            try laboratory.settings.population.routeInbound(), timeout: .seconds(1))
        let found = try Proto.RouteInboundResponse(decoding: payload)
        let canned = cbench_floor_canned()
        let wanted = Proto.RouteInboundResponse.with {
            $0.numberID = String(cString: canned.number_id)
            $0.workspaceID = String(cString: canned.workspace_id)
            $0.agentID = String(cString: canned.agent_id)
            $0.agentName = String(cString: canned.agent_name)
            $0.connectionID = String(cString: canned.connection_id)
            $0.calledE164 = String(cString: canned.called_e164)
            $0.ringTimeoutSeconds = canned.ring_timeout_seconds
            $0.action = .agent
        }
        try expect(found == wanted, "\(found)")
    }

    private func lane(_ laboratory: Laboratory) throws -> Lane {
        Lane(try laboratory.floor(), try laboratory.settings.population.routeInbound())
    }

    private func closed(_ laboratory: Laboratory) throws {
        let lane = try lane(laboratory)
        for (connections, depth) in [(1, 1), (3, 5), (8, 256)] as [(UInt32, UInt32)] {
            let load = Load(connections: connections, pace: .depth(depth))
            let figures = try lane.run(load, laboratory.settings.schedule)
            try expect(
                figures.callsPerSecond > 100 && figures.serverCPU > 0 && figures.p50 > 0
                    && figures.p50 <= figures.p99 && figures.p99 <= figures.p999,
                "\(figures) at \(load.name)")
            // Little's law: calls in flight = rate x mean latency, and the median is near the mean.
            let inFlight = figures.callsPerSecond * figures.p50 / 1e6
            let wanted = Double(connections * depth)
            try expect(
                (0.3...2).contains(inFlight / wanted), "\(inFlight) in flight at \(load.name)")
        }
    }

    private func open(_ laboratory: Laboratory) throws {
        let load = Load(connections: 7, pace: .rate(1000))
        let figures = try lane(laboratory).run(load, laboratory.settings.schedule)
        try expect((995...1005).contains(figures.callsPerSecond), "\(figures)")
    }

    private func dead(_ laboratory: Laboratory) throws {
        let lane = try lane(laboratory)
        try laboratory.floor().stop()
        let figures: Figures
        do {
            figures = try lane.run(.single, laboratory.settings.schedule)
        } catch {
            return
        }
        throw BenchError("\(figures) from a server that is not there")
    }
}
