import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct NumberListServiceTests {
    @Test("B001 The list shows a number with all there is to know of it, agents by name")
    func showsEverything() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+4930123456") { $0.regionLabel = "Berlin" }
            try await stage.addAgent("support")
            try await stage.assign(number) {
                $0.inbound = AgentID("support").map { .assign($0) } ?? .keep
            }
            let shown = try #require(try await stage.list().numbers.first)
            #expect(shown.numberID == number)
            #expect(shown.e164 == "+4930123456")
            #expect(shown.workspaceID == stage.acme.id.description)
            #expect(shown.countryCode == "DE")
            #expect(shown.regionLabel == "Berlin")
            #expect(shown.type == .local)
            #expect(shown.capabilities == [.voice, .sms])
            #expect(shown.origin == .imported)
            #expect(shown.carrier == .sip)
            #expect(shown.carrierLabel == "Imported")
            #expect(shown.status == .active)
            #expect(shown.webhookMode == .outboundOnly)
            #expect(!shown.regionSupported)
            #expect(shown.monthlyCostCredits == 0)
            #expect(shown.assignments?.inbound?.agentID == "support")
            #expect(shown.assignments?.inbound?.agentName == "Agent support")
            #expect(shown.assignments?.outbound == nil)
            #expect(shown.outboundEnabled)
            #expect(shown.version == 2)
            #expect(shown == (try await stage.get(number)))
        }
    }

    @Test("B002 Each capability is shown only if the number has it")
    func capabilities() throws {
        let pairs: [(Capabilities, [Proto.Capability])] = [
            ([], []), (.voice, [.voice]), (.sms, [.sms]), (.mms, [.mms]), (.fax, [.fax]),
            (.voicemail, [.voicemail]),
            ([.voice, .sms, .mms, .fax, .voicemail], [.voice, .sms, .mms, .fax, .voicemail]),
        ]
        for (set, shown) in pairs {
            #expect(Proto.Capability.list(set) == shown)
            #expect(try Proto.Capability.set(shown, field: "capabilities") == set)
        }
    }

    @Test("B003 Types, origins, carriers and states count on the wire as in the rules")
    func enumerations() {
        func agree<Value: RawRepresentable & CaseIterable, Wire: ProtoEnum>(
            _: Value.Type, _: Wire.Type, _ names: [String]
        ) where Value.RawValue == UInt8 {
            let shown = Value.allCases.map { value in
                Wire.names.first { $0.value == Wire(value) }?.name
            }
            #expect(shown == names)
        }
        agree(NumberType.self, Proto.NumberType.self, ["LOCAL", "NATIONAL", "MOBILE", "TOLL_FREE"])
        agree(Origin.self, Proto.Origin.self, ["POOL", "MARKETPLACE", "IMPORTED"])
        agree(Carrier.self, Proto.Carrier.self, ["TWILIO", "TELNYX", "SIP"])
        agree(
            NumberStatus.self, Proto.NumberStatus.self,
            ["PENDING", "ACTIVE", "PAST_DUE", "RELEASING", "RELEASED", "FAILED"])
        agree(WebhookMode.self, Proto.WebhookMode.self, ["OUTBOUND_ONLY", "MANAGED"])
        agree(MessageDirection.self, Proto.MessageDirection.self, ["INBOUND", "OUTBOUND"])
        agree(MessageKind.self, Proto.MessageKind.self, ["SMS", "MMS"])
        agree(NumberSource.self, Proto.Source.self, ["POOL", "MARKETPLACE", "IMPORT"])
    }

    @Test("B004 A workspace without numbers is told that the check of its carriers is done")
    func discovery() async throws {
        try await NumberStage.run { stage in
            let empty = try await stage.list()
            #expect(empty.numbers.isEmpty)
            #expect(empty.discovery?.state == .done)
            #expect(empty.discovery?.importableCount == 0)
            try await stage.addNumber("+14155550100")
            #expect(try await stage.list().discovery == nil)
            // A filter that finds nothing is no empty workspace.
            let filtered = try await stage.list { $0.filter = .with { $0.text = "none" } }
            #expect(filtered.numbers.isEmpty && filtered.discovery == nil)
        }
    }

    @Test("B005 Pages follow one another by their tokens, and a token holds for its list only")
    func pages() async throws {
        try await NumberStage.run { stage in
            for digit in 0..<5 { try await stage.addNumber("+1415555010\(digit)") }
            var found: [String] = []
            var token = ""
            for _ in 0..<10 {
                let reply = try await stage.list { [token] in
                    $0.orderBy = "e164 desc"
                    $0.page = .with {
                        $0.pageSize = 2; $0.pageToken = token
                    }
                }
                found += reply.numbers.map(\.e164)
                token = reply.nextPageToken
                if token.isEmpty { break }
            }
            #expect(found == (0..<5).reversed().map { "+1415555010\($0)" })

            let first = try await stage.list { $0.page = .with { $0.pageSize = 2 } }
            let refusal = await stage.listRefusal {
                $0.orderBy = "label"
                $0.page = .with { $0.pageToken = first.nextPageToken }
            }
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.reason == "INVALID_PAGE_TOKEN")
            // Another workspace cannot use it either.
            let stranger = try stage.client(.manager, of: stage.other)
            let foreign = await stranger.refusal(
                Proto.ListNumbersRequest.with {
                    $0.page = .with { $0.pageToken = first.nextPageToken }
                }, NumberStage.service + "ListNumbers")
            #expect(foreign?.reason == "INVALID_PAGE_TOKEN")
            await stranger.close()
        }
    }

    @Test("B006 A number that has been ordered and is not here yet is shown as pending")
    func pending() async throws {
        try await NumberStage.run { stage in
            try await stage.addNumber("+14155550100") {
                $0.origin = .pool
                $0.carrier = .telnyx
                $0.status = .pending
            }
            let shown = try #require(try await stage.list().numbers.first)
            #expect(shown.status == .pending)
            #expect(shown.carrierLabel == "Telnyx")
            #expect(
                try await stage.list { $0.filter = .with { $0.status = .active } }.numbers == [])
        }
    }

    @Test("A filter or order that cannot be read is refused, naming the field")
    func refusedForms() async throws {
        try await NumberStage.run { stage in
            let forms: [(String, (inout Proto.ListNumbersRequest) -> Void)] = [
                ("order_by", { $0.orderBy = "name" }),
                ("order_by", { $0.orderBy = "e164 down" }),
                ("order_by", { $0.orderBy = "e164 desc desc" }),
                ("order_by", { $0.orderBy = " e164" }),
                ("filter.carrier", { $0.filter = .with { $0.carrier = .unrecognized(9) } }),
                ("filter.status", { $0.filter = .with { $0.status = .unrecognized(-1) } }),
                ("filter.status", { $0.filter = .with { $0.status = .unrecognized(256) } }),
                ("filter.capability", { $0.filter = .with { $0.capability = .unrecognized(6) } }),
                ("filter.connection_id", { $0.filter = .with { $0.connectionID = "con_1" } }),
                ("filter.country_code", { $0.filter = .with { $0.countryCode = "USA" } }),
                ("filter.country_code", { $0.filter = .with { $0.countryCode = "ß" } }),
                ("filter.agent_id", { $0.filter = .with { $0.agentID = "a b" } }),
                (
                    "filter.outbound_enabled",
                    { $0.filter = .with { $0.outboundEnabled = .unrecognized(3) } }
                ),
                ("filter.tag", { $0.filter = .with { $0.tag = "=x" } }),
                ("filter.tag", { $0.filter = .with { $0.tag = "Team" } }),
                ("filter.tag", { $0.filter = .with { $0.tag = "team=" } }),
                ("filter.tag", { $0.filter = .with { $0.tag = "team=a;b" } }),
                ("filter.text", { $0.filter = .with { $0.text = "a\u{7}" } }),
                (
                    "filter.text",
                    { $0.filter = .with { $0.text = String(repeating: "a", count: 101) } }
                ),
            ]
            for (field, edit) in forms {
                let refusal = await stage.listRefusal(edit)
                #expect(refusal?.code == .invalidArgument, "\(field)")
                #expect(refusal?.violations.map(\.field) == [field])
            }
        }
    }

    @Test("Every part of the filter reaches the list")
    func filterParts() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+4930123456")
            try await stage.addAgent("support")
            try await stage.assign(number) {
                $0.outbound = AgentID("support").map { .assign($0) } ?? .keep
                $0.outboundEnabled = false
            }
            _ = try await stage.update(number) {
                $0.tags = [
                    .with {
                        $0.key = "team"; $0.value = "sales"
                    }
                ]
            }
            let parts: [(Bool, (inout Proto.NumberFilter) -> Void)] = [
                (true, { $0.carrier = .sip }), (false, { $0.carrier = .telnyx }),
                (true, { $0.origin = .imported }), (false, { $0.origin = .pool }),
                (true, { $0.countryCode = "de" }), (false, { $0.countryCode = "FR" }),
                (true, { $0.type = .local }), (false, { $0.type = .mobile }),
                (true, { $0.capability = .sms }), (false, { $0.capability = .fax }),
                (true, { $0.status = .active }), (false, { $0.status = .released }),
                (true, { $0.agentID = "support" }), (false, { $0.agentID = "nobody" }),
                (true, { $0.unassignedProfile = .inbound }),
                (false, { $0.unassignedProfile = .outbound }),
                (true, { $0.outboundEnabled = .no }), (false, { $0.outboundEnabled = .yes }),
                (true, { $0.tag = "team" }), (false, { $0.tag = "other" }),
                (true, { $0.tag = "team=sales" }), (false, { $0.tag = "team=support" }),
                (true, { $0.text = "0123" }), (false, { $0.text = "0124" }),
                (false, { $0.connectionID = ConnectionID(high: 1, low: 1).description }),
            ]
            for (index, (isFound, edit)) in parts.enumerated() {
                var filter = Proto.NumberFilter()
                edit(&filter)
                let found = try await stage.list { [filter] in $0.filter = filter }.numbers
                #expect(found.isEmpty == !isFound, "part \(index)")
            }
        }
    }

    @Test("A number is found by its id or its E.164, in its own workspace only")
    func getNumber() async throws {
        try await NumberStage.run { stage in
            let id = try await stage.addNumber("+14155550100")
            let path = NumberStage.service + "GetNumber"
            let byNumber = try await stage.manager.call(
                Proto.GetNumberRequest.with { $0.number = .e164("+14155550100") }, path,
                Proto.GetNumberResponse.self)
            #expect(byNumber.number?.numberID == id)

            let malformed = await stage.manager.refusal(
                Proto.GetNumberRequest.with { $0.number = .e164("14155550100") }, path)
            #expect(malformed?.reason == "INVALID_E164")
            let neither = await stage.manager.refusal(Proto.GetNumberRequest(), path)
            #expect(neither?.code == .invalidArgument)

            let stranger = try stage.client(.manager, of: stage.other)
            let requests =
                [id, NumberID(high: 1, low: 1).description, "num_1"].map { id in
                    Proto.GetNumberRequest.with { $0.number = .numberID(id) }
                } + [Proto.GetNumberRequest.with { $0.number = .e164("+14155550100") }]
            for request in requests {
                let refusal = await stranger.refusal(request, path)
                #expect(refusal?.code == .notFound)
                #expect(refusal?.reason == "NUMBER_NOT_FOUND")
                #expect(refusal?.message == NumberRules.notFound.message)
            }
            await stranger.close()
        }
    }
}
