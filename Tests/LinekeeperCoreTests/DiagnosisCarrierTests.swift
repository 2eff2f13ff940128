import LinekeeperCore
import Testing

extension DiagnosisTests {
    @Test(
        arguments: [
            (.noAnswer("It accepts no connection."), .unknown, "accepts no connection"),
            (.absent, .fail, "no longer holds the number"),
            (
                .present(
                    inactiveReason: "port-out-pending", isManaged: nil, webhooks: WebhookURLs()),
                .fail, "port-out-pending"
            ),
            (
                .present(inactiveReason: nil, isManaged: nil, webhooks: WebhookURLs()), .pass,
                "holds the number"
            ),
        ] as [(Diagnosis.CarrierAnswer, DiagnosisCheck.Result, String)])
    func `B069 asked of the carrier, CONNECTION_VALID is what the carrier says of the number`(
        _ answer: Diagnosis.CarrierAnswer, _ expected: DiagnosisCheck.Result, _ words: String
    ) throws {
        for (facts, connection) in [
            (try number(), Diagnosis.Connection.present(name: "Main", .connected)),
            (try number().bought, .platform),
        ] {
            let found = try check(
                .connectionValid,
                in: checks(of: facts, for: .inbound, connection: connection, carrier: answer))
            #expect(found.result == expected)
            #expect(found.finding.contains(words), "\(found.finding)")
            #expect(found.remedy.isEmpty == (expected == .pass))
        }
    }

    @Test(
        arguments: [
            (.managed, true, .pass, "point here"), (.outboundOnly, true, .pass, "point here"),
            (.managed, false, .fail, "https://other.example/voice"),
            (.outboundOnly, false, .fail, "https://other.example/voice"),
        ] as [(WebhookMode, Bool, DiagnosisCheck.Result, String)])
    func `B154 asked of the carrier, WEBHOOKS_MANAGED is what stands there now`(
        _ mode: WebhookMode, _ isManaged: Bool, _ expected: DiagnosisCheck.Result, _ words: String
    ) throws {
        let answer = Diagnosis.CarrierAnswer.present(
            inactiveReason: nil, isManaged: isManaged,
            webhooks: WebhookURLs(voice: "https://other.example/voice"))
        let facts = try number { $0.webhookMode = mode }
        let found = try check(
            .webhooksManaged, in: checks(of: facts, for: .inbound, carrier: answer))
        #expect(found.result == expected)
        #expect(found.finding.contains(words), "\(found.finding)")
    }
}
