import Foundation
import LinekeeperProto
import LinekeeperRPC
import Testing

@testable import linekeeper

@Suite struct ResolvingTests {
    private func workspaces(_ names: String...) -> [Proto.Workspace] {
        names.enumerated().map { place, name in
            .with {
                $0.workspaceID = "wsp_\(place)"
                $0.name = name
            }
        }
    }

    @Test func `the only workspace needs no name`() throws {
        #expect(try Session.choose(nil, among: workspaces("Acme")).workspaceID == "wsp_0")
    }

    @Test func `a workspace is found by its whole name`() throws {
        let all = workspaces("Acme", "Acme West", "Beta")
        #expect(try Session.choose("Acme West", among: all).workspaceID == "wsp_1")
        #expect(try Session.choose("wsp_2", among: all).name == "Beta")
    }

    @Test(
        "where it is not one, the user is told what to say",
        arguments: [
            (nil, [], "workspaces create"), (nil, ["A", "B"], "--workspace"),
            ("C", ["A"], "no workspace C"), ("A", ["A", "A"], "wsp_0 or wsp_1"),
        ] as [(String?, [String], String)])
    func notOne(name: String?, names: [String], hint: String) {
        let all = names.enumerated().map { place, name in
            Proto.Workspace.with {
                $0.workspaceID = "wsp_\(place)"
                $0.name = name
            }
        }
        let error = #expect(throws: CLIError.self) { try Session.choose(name, among: all) }
        guard case .usage(let message)? = error else {
            Issue.record("another error")
            return
        }
        #expect(message.contains(hint))
    }

    @Test func `the same goes for connections`() throws {
        let trunk = Proto.Connection.with {
            $0.connectionID = "con_1"
            $0.name = "Trunk"
        }
        #expect(try Session.choose(nil, among: [trunk]) == trunk)
        #expect(try Session.choose("con_1", among: [trunk]) == trunk)
        #expect(throws: CLIError.self) { try Session.choose(nil, among: [Proto.Connection]()) }
        #expect(throws: CLIError.self) { try Session.choose("Trunk", among: [trunk, trunk]) }
        #expect(throws: CLIError.self) { try Session.choose("Other", among: [trunk]) }
    }
}

@Suite struct MethodNameTests {
    private let methods: [SchemaPool.Method]

    init() throws {
        methods = try SchemaPool(descriptorSet: DescriptorSet.bytes).methods
    }

    @Test(
        "a method may be written short where that is clear",
        arguments: [
            ("RouteInbound", "/linekeeper.v1.AssignmentService/RouteInbound"),
            ("AssignmentService/RouteInbound", "/linekeeper.v1.AssignmentService/RouteInbound"),
            (
                "linekeeper.v1.AssignmentService/RouteInbound",
                "/linekeeper.v1.AssignmentService/RouteInbound"
            ),
            ("/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Check"),
            ("Check", "/grpc.health.v1.Health/Check"),
        ])
    func short(name: String, path: String) throws {
        #expect(try MethodName.resolve(name, among: methods).path == path)
    }

    @Test func `a method that is not there is met with those that are like it`() {
        let error = #expect(throws: CLIError.self) {
            try MethodName.resolve("routein", among: methods)
        }
        guard case .usage(let message)? = error else {
            Issue.record("another error")
            return
        }
        #expect(message.contains("/linekeeper.v1.AssignmentService/RouteInbound"))
        #expect(throws: CLIError.self) { try MethodName.resolve("", among: methods) }
    }

    @Test func `a name that two services share must be written longer`() throws {
        var other = try MethodName.resolve("RouteInbound", among: methods)
        other.path = "/other.Service/RouteInbound"
        let two = methods + [other]
        #expect(throws: CLIError.self) { try MethodName.resolve("RouteInbound", among: two) }
    }
}

@Suite struct PingStatisticsTests {
    @Test func `round trips are summed up`() {
        let statistics = PingStatistics([3, 1, 2, 10, 4].map { .milliseconds($0) })
        #expect(
            statistics.text
                == "5 round trips, least 1.000 ms, median 3.000 ms, mean 4.000 ms, most 10.000 ms")
        #expect(
            statistics.json
                == #"{"count":5,"leastMs":1.000,"medianMs":3.000,"meanMs":4.000,"mostMs":10.000}"#)
    }
}

@Suite struct PreviewTests {
    @Test func `what a disconnect takes away is named before it is asked for`() {
        let preview = Proto.PreviewDisconnectResponse.with {
            $0.numberCount = 25
            $0.lostProfiles = (0..<22).map { number in
                .with {
                    $0.agentID = "agt_\(number)"
                    $0.agentName = number == 0 ? "Sales" : ""
                    $0.profile = .inbound
                    $0.e164 = "+1415555010\(number)"
                }
            }
        }
        let lines = DisconnectCarrier.lines(preview, name: "Trunk", restoring: false)
        #expect(lines[0].contains("its 25 numbers"))
        #expect(lines[1] == "  Sales loses inbound on +14155550100")
        #expect(lines[2] == "  agt_1 loses inbound on +14155550101")
        #expect(lines.last == "  and more: 2 assignments")
    }

    @Test func `a release names who is served no longer`() {
        let number = Proto.PhoneNumber.with {
            $0.e164 = "+14155550100"
            $0.label = "Main"
            $0.assignments = .with {
                $0.inbound = .with { $0.agentName = "Sales" }
                $0.sms = .with { $0.agentID = "agt_2" }
            }
        }
        #expect(
            ReleaseNumber.question(number)
                == "Release +14155550100 (Main)? It serves Sales (inbound) and agt_2 (SMS) no longer. "
                + "Nothing is refunded.")
    }

    @Test func `a release says whether it is done, to come, or with the carrier still`() {
        let times = TimeText(timeZone: .gmt)
        let then = Proto.Timestamp.with { $0.seconds = 1_763_719_683 }
        let done = Proto.PhoneNumber.with { $0.status = .released }
        let waiting = Proto.PhoneNumber.with {
            $0.status = .releasing
            $0.releaseAt = then
        }
        #expect(ReleaseNumber.outcome(done, "+1", times, at: nil) == "+1 is released.")
        #expect(
            ReleaseNumber.outcome(waiting, "+1", times, at: then)
                == "+1 will be released at 2025-11-21 10:08:03.")
        #expect(
            ReleaseNumber.outcome(waiting, "+1", times, at: nil)
                == "+1 serves nobody any more; its carrier is being told to take it back.")
    }

    @Test func `a region says whether it is in force at the carrier`() {
        let number = Proto.PhoneNumber.with {
            $0.e164 = "+1"
            $0.region = "europe"
        }
        #expect(
            RegionCommand.Set.outcome(number, wanted: "europe")
                == "Calls of +1 are processed in europe.")
        #expect(
            RegionCommand.Set.outcome(number, wanted: "")
                .hasPrefix("Calls of +1 are still processed in europe: the carrier is being told"))
    }
}
