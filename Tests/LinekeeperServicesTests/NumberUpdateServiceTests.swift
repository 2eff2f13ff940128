import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperServices
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

struct NumberUpdateServiceTests {
    @Test("Everything that can be set is set in one save, and shown")
    func oneSave() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+14155550100")
            try await stage.addAgent("night")
            let saved = try await stage.update(number) {
                $0.label = "Front desk"
                $0.tags = [
                    .with {
                        $0.key = "team"; $0.value = "sales"
                    }
                ]
                $0.fallbackChange = .fallback(.with { $0.action = .agentID("night") })
                $0.ringTimeoutSeconds = 45
                $0.forwardedFrom = .with { $0.e164s = ["+14155550111"] }
                $0.releaseProtected = true
                $0.allowedDestinationPrefixes = .with { $0.prefixes = ["+1", "+49"] }
                $0.expectedVersion = 1
            }
            #expect(saved.label == "Front desk")
            #expect(saved.tags == ["team": "sales"])
            #expect(saved.fallback?.action == .agentID("night"))
            #expect(saved.ringTimeoutOverrideSeconds == 45)
            #expect(saved.forwardedFrom == ["+14155550111"])
            #expect(saved.releaseProtected)
            #expect(saved.allowedDestinationPrefixes == ["+1", "+49"])
            #expect(saved.version == 2)
            #expect(try await stage.get(number) == saved)

            let e164 = try #require(E164("+14155550100".utf8))
            let facts = try #require(stage.store.routes.number(e164))
            #expect(facts.ringTimeoutOverride == 45)
            #expect(facts.extras?.allowedDestinations.map(\.description) == ["+1", "+49"])
            #expect(facts.version == 2)

            let cleared = try await stage.update(number) {
                $0.label = ""
                $0.tags = [.with { $0.key = "team" }]
                $0.fallbackChange = .clearFallback(true)
                $0.ringTimeoutSeconds = 0
                $0.forwardedFrom = .init()
                $0.releaseProtected = false
                $0.allowedDestinationPrefixes = .init()
            }
            #expect(cleared.label == "" && cleared.tags.isEmpty && cleared.fallback == nil)
            #expect(cleared.ringTimeoutOverrideSeconds == nil)
            #expect(cleared.forwardedFrom.isEmpty && cleared.allowedDestinationPrefixes.isEmpty)
            #expect(!cleared.releaseProtected)
        }
    }

    @Test("What a save does not name stays")
    func leavesTheRest() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+14155550100")
            let before = try await stage.update(number) {
                $0.ringTimeoutSeconds = 45
                $0.fallbackChange = .fallback(.with { $0.action = .reject(true) })
            }
            var expected = try await stage.update(number) { $0.label = "x" }
            #expect(expected.version == 3)
            expected.label = before.label
            expected.version = before.version
            #expect(expected == before)
            let unchanged = try await stage.update(number) {
                $0.fallbackChange = .clearFallback(false)
            }
            #expect(unchanged.fallback?.action == .reject(true))
            #expect(unchanged.version == 3)
        }
    }

    @Test("A save is refused with the field that is wrong, and changes nothing")
    func refusals() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+14155550100")
            let long = { (count: Int) in String(repeating: "ä", count: count) }
            let tag = { (key: String, value: String) in
                [
                    Proto.TagChange.with {
                        $0.key = key; $0.value = value
                    }
                ]
            }
            let forms: [(String, (inout Proto.UpdateNumberRequest) -> Void)] = [
                ("label", { $0.label = long(101) }),
                ("label", { $0.label = "a\nb" }),
                ("label", { $0.label = "a\u{85}b" }),
                ("label", { $0.label = "a" + String(repeating: "\u{301}", count: 200) }),
                ("tags.key", { $0.tags = tag("", "x") }),
                ("tags.key", { $0.tags = tag("Team", "x") }),
                ("tags.key", { $0.tags = tag("a=b", "x") }),
                ("tags.key", { $0.tags = tag(String(repeating: "a", count: 65), "x") }),
                ("tags.value", { $0.tags = tag("a", "x;y") }),
                ("tags.value", { $0.tags = tag("a", "x=y") }),
                ("tags.value", { $0.tags = tag("a", "x\ty") }),
                ("tags.value", { $0.tags = tag("a", long(257)) }),
                ("tags", { $0.tags = tag("a", "1") + tag("a", "2") }),
                ("tags", { $0.tags = (0...50).flatMap { tag("t\($0)", "v") } }),
                ("region", { $0.region = "mars" }),
                ("webhook_mode", { $0.webhookMode = .unrecognized(7) }),
                ("fallback", { $0.fallbackChange = .fallback(.init()) }),
                (
                    "fallback",
                    { $0.fallbackChange = .fallback(.with { $0.action = .reject(false) }) }
                ),
                (
                    "fallback.forward_to_e164",
                    { $0.fallbackChange = .fallback(.with { $0.action = .forwardToE164("0301") }) }
                ),
                (
                    "fallback.forward_to_e164",
                    {
                        $0.fallbackChange = .fallback(
                            .with { $0.action = .forwardToE164("+14155550100") })
                    }
                ),
                (
                    "fallback.agent_id",
                    { $0.fallbackChange = .fallback(.with { $0.action = .agentID("a b") }) }
                ),
                ("ring_timeout_seconds", { $0.ringTimeoutSeconds = 4 }),
                ("ring_timeout_seconds", { $0.ringTimeoutSeconds = 121 }),
                ("ring_timeout_seconds", { $0.ringTimeoutSeconds = 256 + 30 }),
                ("ring_timeout_seconds", { $0.ringTimeoutSeconds = .max }),
                ("forwarded_from", { $0.forwardedFrom = .with { $0.e164s = ["0301234567"] } }),
                (
                    "forwarded_from",
                    { $0.forwardedFrom = .with { $0.e164s = (10...30).map { "+493012345\($0)" } } }
                ),
                (
                    "allowed_destination_prefixes",
                    { $0.allowedDestinationPrefixes = .with { $0.prefixes = ["+0"] } }
                ),
                (
                    "allowed_destination_prefixes",
                    {
                        $0.allowedDestinationPrefixes = .with {
                            $0.prefixes = (100...300).map { "+1\($0)" }
                        }
                    }
                ),
            ]
            for (field, edit) in forms {
                let refusal = await stage.updateRefusal(number, edit)
                #expect(refusal?.violations.map(\.field) == [field], "\(field)")
                #expect(
                    refusal?.code == .invalidArgument, "\(field): \(refusal?.description ?? "none")"
                )
            }
            let untouched = try await stage.get(number)
            #expect(untouched.version == 1)
            // The limits themselves are allowed.
            let saved = try await stage.update(number) {
                $0.label = long(100)
                $0.tags = tag(String(repeating: "a", count: 64), long(256))
            }
            #expect(saved.label == long(100))
        }
    }

    @Test("B063 A fallback agent of another workspace does not exist here")
    func foreignFallbackAgent() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+14155550100")
            try await stage.addAgent("theirs", in: stage.other)
            let refusal = await stage.updateRefusal(number) {
                $0.fallbackChange = .fallback(.with { $0.action = .agentID("theirs") })
            }
            #expect(refusal?.code == .notFound)
            #expect(refusal?.reason == "AGENT_NOT_FOUND")
        }
    }

    @Test("A stale version is refused, so that nobody overwrites what he has not seen")
    func staleVersion() async throws {
        try await NumberStage.run { stage in
            let number = try await stage.addNumber("+14155550100")
            _ = try await stage.update(number) { $0.label = "first" }
            let refusal = await stage.updateRefusal(number) {
                $0.label = "second"
                $0.expectedVersion = 1
            }
            #expect(refusal?.code == .aborted)
            #expect(refusal?.reason == "VERSION_MISMATCH")
            #expect(refusal?.facts["version"] == "2")
        }
    }

    @Test("B080 A region is for Twilio numbers")
    func region() async throws {
        try await NumberStage.run { stage in
            let sip = try await stage.addNumber("+14155550100")
            let telnyx = try await stage.addNumber("+14155550101") { $0.carrier = .telnyx }
            for number in [sip, telnyx] {
                let refusal = await stage.updateRefusal(number) { $0.region = "europe" }
                #expect(refusal?.code == .failedPrecondition)
                #expect(refusal?.reason == "REGION_NOT_SUPPORTED")
            }
            let twilio = try await stage.addNumber("+14155550102") { $0.carrier = .twilio }
            #expect(try await stage.get(twilio).regionSupported)
        }
    }

    @Test("B081 The regions are offered for a Twilio number, and none for another carrier's")
    func listRegions() async throws {
        try await NumberStage.run { stage in
            let sip = try await stage.addNumber("+14155550100")
            let twilio = try await stage.addNumber("+14155550102") { $0.carrier = .twilio }
            func regions(_ number: String) async throws -> [Proto.Region] {
                try await stage.manager.call(
                    Proto.ListRegionsRequest.with { $0.numberID = number },
                    NumberStage.service + "ListRegions", Proto.ListRegionsResponse.self
                ).regions
            }
            #expect(try await regions(sip) == [])
            let all = try await regions("")
            #expect(try await regions(twilio) == all)
            #expect(
                all.map(\.id) == [
                    "us-east", "us-west", "europe", "asia-pacific", "south-america",
                ])
            #expect(
                all.allSatisfy {
                    !$0.label.isEmpty && !$0.carrierRegion.isEmpty && !$0.edge.isEmpty
                })
        }
    }
}
