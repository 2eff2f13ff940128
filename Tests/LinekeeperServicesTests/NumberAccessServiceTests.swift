import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct NumberAccessServiceTests {
    private static let reads = [
        "ListNumbers", "GetNumber", "ListSources", "ListCountries", "ListAreaCodes",
        "SearchAvailable", "GetOrder", "ListOrders", "ListRegions", "GetCredits",
        "ListCreditEntries", "ListMessages", "GetForwardingInstructions", "ListEvents",
    ]
    private static let changes = [
        "UpdateNumber", "ReleaseNumber", "CancelRelease", "PurchaseNumbers", "ProcessOrders",
    ]

    @Test("B201 Viewers read, managers change, and the runtime only records messages")
    func roles() async throws {
        try await NumberStage.run { stage in
            let allowed: [Role: Set<String>] = [
                .viewer: Set(Self.reads), .runtime: ["RecordMessages"],
                .manager: Set(Self.reads + Self.changes + ["RecordMessages"]),
            ]
            for (role, methods) in allowed {
                let client = try stage.client(role)
                for method in Self.reads + Self.changes + ["RecordMessages"] {
                    // An empty request: what is refused, is refused before it is read.
                    let refusal = await client.refusal(
                        Proto.PageRequest(), NumberStage.service + method)
                    #expect(
                        (refusal?.code == .permissionDenied) == !methods.contains(method),
                        "\(role) \(method)")
                }
                await client.close()
            }
        }
    }

    @Test("B200 A token's workspace decides: an empty field is that one, another does not exist")
    func workspaces() async throws {
        try await NumberStage.run { stage in
            try await stage.addNumber("+14155550100")
            for named in ["", stage.acme.id.description] {
                #expect(try await stage.list { $0.workspaceID = named }.numbers.count == 1)
            }
            for named in [
                stage.other.id.description, WorkspaceID(high: 1, low: 1).description, "Acme",
            ] {
                let refusal = await stage.listRefusal { $0.workspaceID = named }
                #expect(refusal?.code == .notFound)
                #expect(refusal?.reason == "WORKSPACE_NOT_FOUND")
            }
        }
    }

    @Test("B200 A platform token names the workspace")
    func platformToken() async throws {
        try await NumberStage.run { stage in
            try await stage.addNumber("+14155550100", in: stage.other)
            let admin = try stage.client(.admin)
            let path = NumberStage.service + "ListNumbers"
            let unnamed = await admin.refusal(Proto.ListNumbersRequest(), path)
            #expect(unnamed?.code == .invalidArgument)
            let found = try await admin.call(
                Proto.ListNumbersRequest.with { $0.workspaceID = stage.other.id.description },
                path, Proto.ListNumbersResponse.self)
            #expect(found.numbers.map(\.e164) == ["+14155550100"])
            await admin.close()
        }
    }

    @Test("B200 Another workspace's number can be neither changed, released nor asked about")
    func foreignNumber() async throws {
        try await NumberStage.run { stage in
            let foreign = try await stage.addNumber("+14155550100", in: stage.other)
            let unknown = NumberID(high: 1, low: 1).description
            for number in [foreign, unknown] {
                let calls: [(String, any ProtoMessage)] = [
                    (
                        "UpdateNumber",
                        Proto.UpdateNumberRequest.with {
                            $0.numberID = number; $0.label = "x"
                        }
                    ),
                    (
                        "ReleaseNumber",
                        Proto.ReleaseNumberRequest.with {
                            $0.numberID = number
                            $0.confirmE164 = "+14155550100"
                        }
                    ),
                    ("CancelRelease", Proto.CancelReleaseRequest.with { $0.numberID = number }),
                    ("ListRegions", Proto.ListRegionsRequest.with { $0.numberID = number }),
                    (
                        "GetForwardingInstructions",
                        Proto.GetForwardingInstructionsRequest.with { $0.numberID = number }
                    ),
                    (
                        "ListMessages",
                        Proto.ListMessagesRequest.with {
                            $0.filter = .with { $0.numberID = number }
                        }
                    ),
                ]
                for (method, request) in calls {
                    let refusal = await stage.manager.refusal(
                        request, NumberStage.service + method,
                        CallOptions(idempotencyKey: "\(method) \(number)"))
                    #expect(refusal?.code == .notFound, "\(method)")
                    #expect(refusal?.reason == "NUMBER_NOT_FOUND", "\(method)")
                    #expect(refusal?.message == NumberRules.notFound.message, "\(method)")
                }
            }
            let events = try await stage.manager.call(
                Proto.ListEventsRequest.with { $0.filter = .with { $0.numberID = foreign } },
                NumberStage.service + "ListEvents", Proto.ListEventsResponse.self)
            #expect(events.events == [])
        }
    }
}
