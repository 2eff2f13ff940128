import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC
import LinekeeperStorage
import LinekeeperTestSupport
import Testing

@testable import LinekeeperServices

@Suite struct CarrierConnectTests {
    @Test(arguments: [Proto.Carrier.twilio, .telnyx])
    func `B140 a carrier is connected under a name and its secret never shown`(
        _ carrier: Proto.Carrier
    ) async throws {
        try await CarrierStage.run { stage in
            let connection = try await stage.connect(carrier, name: "Sales")
            #expect(connection.name == "Sales")
            #expect(connection.carrier == carrier)
            #expect(connection.status == .connected)
            #expect(connection.settings == ["account": "AC1"])
            #expect(connection.credentialHint == "0001")
            #expect(try await stage.connection(connection.connectionID) == connection)
        }
    }

    @Test func `B141 credentials that the carrier refuses are not stored`() async throws {
        try await CarrierStage.run { stage in
            for method in ["ValidateCredentials", "ConnectCarrier"] {
                let refusal = try await Status.refusal {
                    if method == "ConnectCarrier" {
                        _ = try await stage.connect(secret: "wrong-secret-of-the-account")
                    } else {
                        _ = try await stage.manager.call(
                            Proto.ValidateCredentialsRequest.with {
                                $0.carrier = .twilio
                                $0.credentials = ["account": "A", "secret": "wrong-secret"]
                            }, Method.carrier(method), Proto.ValidateCredentialsResponse.self)
                    }
                }
                #expect(refusal?.code == .failedPrecondition)
                #expect(refusal?.reason == "CREDENTIALS_REJECTED")
            }
            let listed = try await stage.manager.call(
                Proto.ListConnectionsRequest(), Method.carrier("ListConnections"),
                Proto.ListConnectionsResponse.self)
            #expect(listed.connections.isEmpty)
        }
    }

    @Test func `B141 a carrier that does not answer is told apart from a refusal`() async throws {
        try await CarrierStage.run { stage in
            stage.twilio.fail(.carrierUnavailable)
            let refusal = try await Status.refusal { try await stage.connect() }
            #expect(refusal?.code == .unavailable)
            #expect(refusal?.reason == "CARRIER_UNAVAILABLE")
        }
    }

    @Test func `the webhook URL to set by hand is told of carriers that have one`() async throws {
        try await CarrierStage.run { stage in
            let carriers = try await stage.manager.call(
                Proto.ListCarriersRequest(), Method.carrier("ListCarriers"),
                Proto.ListCarriersResponse.self
            ).carriers
            #expect(
                carriers.map(\.webhookURL) == [
                    "https://voice.example.com/lk/webhook/twilio/voice",
                    "https://voice.example.com/lk/webhook/telnyx/texml", "",
                ])
            #expect(carriers.map(\.available) == [true, true, true])
        }
    }

    @Test func `B156 a replaced secret goes on verifying webhooks for seven days`() async throws {
        try await CarrierStage.run { stage in
            let id = try await stage.connect().connectionID
            stage.twilio.acceptSecret("secret-of-the-account-0002")
            let rotated = try await stage.update(id) {
                $0.credentials = ["account": "AC1", "secret": "secret-of-the-account-0002"]
            }
            #expect(rotated.credentialHint == "0002")
            #expect(rotated.previousSecrets.map(\.hint) == ["0001"])
            #expect(try await stage.connection(id).previousSecrets == rotated.previousSecrets)

            let key = try #require(ConnectionID(id))
            let secrets = { @Sendable in
                try await stage.connections.verifyingCredentials(of: key, in: stage.acme.key)
                    .map { $0["secret"] }
            }
            #expect(
                try await secrets() == [
                    "secret-of-the-account-0002", "secret-of-the-account-0001",
                ])
            stage.clock.advance(seconds: 7 * 86_400 - 1)
            #expect(try await secrets().count == 2)
            stage.clock.advance(seconds: 1)
            #expect(try await secrets().count == 1)
            #expect(try await stage.connection(id).previousSecrets.isEmpty)
            try await stage.connections.forgetExpiredSecrets()
            let kept = try await stage.store.read { reader throws(DomainError) in
                try reader.sealedSecrets(after: nil, limit: 10).count
                    + reader.sealedSecrets(
                        after: SealedSecret.Place(isPrevious: true, key: 0), limit: 10
                    ).count
            }
            #expect(kept == 1)
        }
    }

    @Test func `B156 a replaced secret can be retired at once`() async throws {
        try await CarrierStage.run { stage in
            let id = try await stage.connect().connectionID
            stage.twilio.acceptSecret("secret-of-the-account-0002")
            _ = try await stage.update(id) {
                $0.credentials = ["account": "AC1", "secret": "secret-of-the-account-0002"]
            }
            #expect(try await stage.connection(id).previousSecrets.count == 1)
            let retired = try await stage.update(id) { $0.retirePrevious = true }
            #expect(retired.previousSecrets.isEmpty)
        }
    }

    @Test func `a rotation to credentials that the carrier refuses changes nothing`() async throws {
        try await CarrierStage.run { stage in
            let before = try await stage.connect()
            let refusal = try await Status.refusal {
                try await stage.update(before.connectionID) {
                    $0.credentials = ["account": "AC1", "secret": "wrong-secret-of-somebody"]
                }
            }
            #expect(refusal?.reason == "CREDENTIALS_REJECTED")
            #expect(try await stage.connection(before.connectionID) == before)
        }
    }

    @Test func `credentials of another account are not taken while there are numbers of the first`()
        async throws
    {
        try await CarrierStage.run { stage in
            stage.twilio.numbers = [.fake(try testNumber(1))]
            let id = try await stage.connect().connectionID
            // Nothing is lost as long as nothing came from it.
            for account in ["AC2", "AC1"] {
                let rotated = try await stage.update(id) {
                    $0.credentials = ["account": account, "secret": CarrierStage.secret]
                }
                #expect(rotated.settings == ["account": account])
            }
            _ = try await stage.importNumbers(through: id)
            let before = try await stage.connection(id)
            let refusal = try await Status.refusal {
                try await stage.update(id) {
                    $0.credentials = ["account": "AC2", "secret": CarrierStage.secret]
                }
            }
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.message.contains("AC1") == true)
            #expect(try await stage.connection(id) == before)
        }
    }

    @Test func `credentials that do not name their account are of the one that holds the numbers`()
        async throws
    {
        try await CarrierStage.run { stage in
            let number = try testNumber(1)
            stage.telnyx.numbers = [.fake(number)]
            let id = try await stage.connect(.telnyx).connectionID
            _ = try await stage.importNumbers(through: id)
            let before = try await stage.connection(id)
            func rotated(_ account: String) async throws -> Proto.Connection {
                try await stage.update(id) {
                    $0.credentials = ["account": account, "secret": CarrierStage.secret]
                }
            }
            // Another account than the one that was imported from.
            stage.telnyx.numbers = [.fake(try testNumber(2))]
            let refusal = try await Status.refusal { try await rotated("APP2") }
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.violations.map(\.field) == ["credentials"])
            #expect(refusal?.message.contains(number.description) == true)
            #expect(try await stage.connection(id) == before)
            // What only the account has proves it, although its numbers are gone.
            _ = try await rotated("AC1")
            stage.telnyx.numbers = [.fake(number)]
            #expect(try await rotated("APP2").settings == ["account": "APP2"])
        }
    }

    @Test func `B156 the same credentials again change nothing`() async throws {
        try await CarrierStage.run { stage in
            let before = try await stage.connect()
            stage.clock.advance(seconds: 60)
            let same = try await stage.update(before.connectionID) {
                $0.credentials = ["account": "AC1", "secret": CarrierStage.secret]
            }
            #expect(same == before)
            let told = try await stage.actions().filter { $0.hasPrefix("connection.") }
            #expect(told == ["connection.added"])
            // The carrier was asked: it takes them again.
            stage.twilio.rejectSecret(CarrierStage.secret)
            _ = try await Status.refusal { try await stage.importable(before.connectionID) }
            stage.twilio.acceptSecret(CarrierStage.secret)
            let again = try await stage.update(before.connectionID) {
                $0.credentials = ["account": "AC1", "secret": CarrierStage.secret]
            }
            #expect(again.status == .connected)
            #expect(again.previousSecrets.isEmpty)
        }
    }

    @Test func `B156 only what verifies webhooks is kept when it is replaced`() async throws {
        try await CarrierStage.run { stage in
            let id = try await stage.connect().connectionID
            let papers = try await stage.update(id) {
                $0.credentials = [
                    "account": "AC1", "secret": CarrierStage.secret, "papers": "DE=BU1",
                ]
            }
            #expect(papers.settings["papers"] == "DE=BU1")
            #expect(papers.version == 2)
            #expect(papers.previousSecrets.isEmpty)
        }
    }

    @Test func `credentials that cannot be decrypted any more can be entered again`() async throws {
        try await CarrierStage.run { stage in
            let id = try await stage.connect().connectionID
            try await stage.change { writer throws(DomainError) in
                guard let key = ConnectionID(id),
                    let record = try writer.connectionRecord(key, in: stage.acme.key)
                else { throw ConnectionChanges.notFound }
                try writer.updateConnection(record, sealedCredentials: [1, 2, 3])
            }
            let entered = try await stage.update(id) {
                $0.credentials = ["account": "AC1", "secret": CarrierStage.secret]
            }
            #expect(entered.previousSecrets.isEmpty)
            let key = try #require(ConnectionID(id))
            let secrets = try await stage.connections.verifyingCredentials(
                of: key, in: stage.acme.key)
            #expect(secrets.map { $0["secret"] } == [CarrierStage.secret])
        }
    }

    @Test func `a connection shows when the carrier no longer takes its credentials`()
        async throws
    {
        try await CarrierStage.run { stage in
            let connection = try await stage.connect()
            let id = connection.connectionID
            stage.twilio.rejectSecret(CarrierStage.secret)
            let refusal = try await Status.refusal { try await stage.importable(id) }
            #expect(refusal?.reason == "CREDENTIALS_REJECTED")
            let rejected = try await stage.connection(id)
            #expect(rejected.status == .credentialsRejected)
            // A preview that somebody is looking at stays right.
            #expect(rejected.version == connection.version)
            stage.twilio.acceptSecret(CarrierStage.secret)
            _ = try await stage.importable(id)
            #expect(try await stage.connection(id).status == .connected)
            #expect(
                try await stage.actions().prefix(2) == [
                    "connection.credentials_accepted", "connection.credentials_rejected",
                ])
        }
    }

    @Test func `TEN-03 sealed credentials do not open at another connection or workspace`()
        async throws
    {
        try await CarrierStage.run { stage in
            let mine = try await stage.connect()
            let second = try await stage.connect(name: "Second")
            let theirs = try await stage.connect(through: try stage.stranger())
            let sealed = try await stage.store.read { reader throws(DomainError) in
                try reader.sealedSecrets(after: nil, limit: 10)
            }
            #expect(sealed.count == 3)
            let secret = try #require(
                sealed.first { $0.connection.description == mine.connectionID })
            for place in sealed where place.connection != secret.connection {
                try await stage.change { writer throws(DomainError) in
                    try writer.replaceSealed(place, with: secret.sealed)
                }
            }
            for (id, workspace) in [
                (second.connectionID, stage.acme.key), (theirs.connectionID, stage.other.key),
            ] {
                let error = await #expect(throws: DomainError.self) {
                    _ = try await stage.connections.open(id, in: workspace)
                }
                #expect(error?.reason == .corruptData)
            }
            let refusal = try await Status.refusal {
                try await stage.importable(second.connectionID)
            }
            #expect(refusal?.code == .dataLoss)
            // The row that was copied still opens where it belongs.
            _ = try await stage.importable(mine.connectionID)
        }
    }
}
