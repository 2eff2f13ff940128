import Foundation
import LinekeeperRPC
import LinekeeperTestSupport
import Testing

@testable import LinekeeperProto

extension Integration {
    @Suite struct TenantTests {
        /// Good requests that are refused here, and with what.
        private static let refusedReasons: [String: String] = [
            // Nobody has found this number on sale.
            Method.number("PurchaseNumbers"): "OFFER_NOT_FOUND",
            // A SIP trunk cannot be asked for its numbers.
            Method.carrier("ListImportableNumbers"): "CARRIER_NOT_SUPPORTED",
            Method.carrier("SyncConnection"): "CARRIER_NOT_SUPPORTED",
        ]

        /// Fields with a test of their own: a number is in one workspace only, so importing or buying
        /// another's is refused; and a lock's answer lists what was locked before.
        private static let apart = [
            Method.carrier("ImportNumbers"): [["numbers", "e164"]],
            Method.number("PurchaseNumbers"): [["e164s"]],
            Method.assignment("SetOutboundLock"): [["e164s"]],
        ]

        /// Methods whose answer tells whether they were called like this before: they have been.
        private static let primed = [
            Method.assignment("PutAgents"), Method.number("RecordMessages"),
        ]

        @Test func `every field that can name something is in a request of the matrix`() throws {
            let caller = try MethodCaller()
            #expect(Set(Requests.byMethod.keys) == Set(caller.paths))
            for path in caller.paths {
                let type = try caller.method(path).input
                #expect(caller.pool.unknownIDFields(of: type) == [])
                let requests = try (Requests.byMethod[path] ?? []).map {
                    try JSONParser.parse($0)
                }
                for field in caller.pool.idFields(of: type) {
                    let isSet = requests.contains {
                        caller.pool.replacing(field.path[...], in: $0, of: type, by: "") != nil
                    }
                    #expect(isSet, "\(path) \(field.path.joined(separator: "."))")
                }
            }
        }

        @Test func `B200 what belongs to another workspace answers as what does not exist`()
            async throws
        {
            try await PurchaseScene.with { purchases in
                let server = try await purchases.start()
                var scene = try await Scene(server)
                try await scene.buy()
                let caller = try MethodCaller()
                let before = try scene.rowsOfOther()
                var compared = 0
                for path in caller.paths {
                    for template in Requests.byMethod[path] ?? [] {
                        let request = try caller.request(template, scene.values)
                        if Self.primed.contains(path) {
                            try await callItself(path, request, scene, caller)
                        }
                        compared += try await compare(path, request, scene, caller)
                        try await callItself(path, request, scene, caller)
                    }
                }
                #expect(compared > 80)
                #expect(try scene.rowsOfOther() == before)
            }
        }

        /// Puts another workspace's and a made-up value into each field in turn; answers how many
        /// fields there were.
        private func compare(
            _ path: String, _ request: JSONValue, _ scene: Scene, _ caller: MethodCaller
        ) async throws -> Int {
            let method = try caller.method(path)
            var compared = 0
            for field in caller.pool.idFields(of: method.input) {
                guard let foreign = scene.foreign[field.kind],
                    Self.apart[path]?.contains(field.path) != true
                else { continue }
                let unknown = try #require(Self.unknown[field.kind])
                var answers: [String] = []
                for value in [foreign, unknown] {
                    guard
                        let changed = caller.pool.replacing(
                            field.path[...], in: request, of: method.input, by: value)
                    else { continue }
                    let outcome = try await caller.call(path, changed, scene.acme.client)
                    answers.append(
                        try Self.text(of: outcome, method, caller)
                            .replacingOccurrences(of: value, with: "VALUE"))
                }
                guard let first = answers.first else { continue }
                compared += 1
                #expect(answers == [first, first], "\(path) \(field.path.joined(separator: "."))")
            }
            return compared
        }

        /// The request as it stands is a good one: without this, comparing refusals proves nothing.
        private func callItself(
            _ path: String, _ request: JSONValue, _ scene: Scene, _ caller: MethodCaller
        ) async throws {
            let outcome = try await caller.call(path, request, scene.acme.client)
            if path.contains("AdminService") {
                #expect(outcome.refusal?.code == .permissionDenied, "\(path)")
            } else {
                #expect(outcome.refusal?.reason == Self.refusedReasons[path], "\(path) \(outcome)")
            }
        }

        /// Values that name nothing anywhere, as long as those of the other workspace.
        private static let unknown: [Requests.Kind: String] = {
            let digits = String(repeating: "0123456789abcdef", count: 2)
            return [
                .workspace: "wsp_" + digits, .number: "num_" + digits, .connection: "con_" + digits,
                .token: "tok_" + digits, .agent: "nil", .e164: e164(9_999),
                .message: "lost message.", .order: "ord_" + digits,
            ]
        }()

        /// All that an answer says but what differs from call to call: times, new ids, versions.
        private static func text(
            of outcome: MethodCaller.Outcome, _ method: SchemaPool.Method, _ caller: MethodCaller
        ) throws -> String {
            switch outcome {
            case .refusal(var status):
                status.facts["request_id"] = nil
                let facts = status.facts.sorted { $0.key < $1.key }
                return "\(status) \(facts) \(status.violations) \(status.retryAfterMilliseconds)"
            case .answer(let bytes):
                var text = try caller.transcoder.json(from: bytes, type: method.output)
                for pattern in [
                    #"[a-z]{3}_[0-9a-f]{32}"#, #"r1_[0-9a-f]+"#, #""version":"[0-9]+""#,
                    #"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"#,
                ] {
                    text = text.replacingOccurrences(
                        of: pattern, with: "_", options: .regularExpression)
                }
                return text
            }
        }

        @Test
        func `B200 another workspace's number cannot be imported, and whose it is stays hidden`()
            async throws
        {
            try await ServerHome.withServer { server in
                let scene = try await Scene(server)
                let before = try scene.rowsOfOther()
                let taken = e164(9_001)
                let result = try #require(
                    try await scene.acme.client.importNumbers(
                        [taken], through: scene.acme.connection, key: "theirs"
                    ).first)
                #expect(result.outcome == .refused)
                #expect(result.reason == "NUMBER_HELD_ELSEWHERE")
                #expect(result.numberID.isEmpty)
                for secret in scene.foreign.values where secret != taken {
                    #expect(!"\(result)".contains(secret))
                }
                #expect(!"\(result)".contains("Other"))
                #expect(try scene.rowsOfOther() == before)
            }
        }

        @Test func `B200 a lock on a number of another workspace says and does nothing there`()
            async throws
        {
            try await ServerHome.withServer { server in
                let scene = try await Scene(server)
                let before = try scene.rowsOfOther()
                func lock(_ locked: Bool, _ number: String) async throws -> [String] {
                    try await scene.acme.client.call(
                        Proto.SetOutboundLockRequest.with {
                            $0.e164s = [number]
                            $0.locked = locked
                        }, Method.assignment("SetOutboundLock"),
                        Proto.SetOutboundLockResponse.self
                    ).lockedE164s
                }
                // The first is called from, the second is locked by its own workspace, the third is
                // nobody's.
                for number in [e164(9_001), e164(9_002), e164(9_999)] {
                    #expect(try await lock(true, number) == [number])
                    #expect(try await lock(false, number) == [])
                }
                #expect(try await lock(true, e164(9_001)) == [e164(9_001)])
                let call = try await scene.other.client.authorize("eve", to: "+12125550100")
                #expect(call.fromE164 == e164(9_001))
                #expect(try scene.rowsOfOther() == before)
            }
        }
    }
}
