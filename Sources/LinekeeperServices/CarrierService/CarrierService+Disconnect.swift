import Crypto
import LinekeeperCore
import LinekeeperProto
import LinekeeperRPC

extension CarrierService {
    func registerDisconnect(in methods: inout MethodTable) {
        let context = context
        methods.query(Self.path + "PreviewDisconnect", role: .manager, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.PreviewDisconnectRequest, reader, workspace)
                throws(DomainError) -> Proto.PreviewDisconnectResponse in
            let connection = try reader.existingConnection(request.connectionID, in: workspace)
            let numbers = try reader.numbers(of: connection.key, in: workspace)
            return .with { response in
                response.connection = Proto.Connection(connection)
                response.numberCount = UInt64(numbers.count)
                response.lostProfiles = numbers.flatMap { number in
                    number.agents.sorted { $0.key.rawValue < $1.key.rawValue }.map { held in
                        .with {
                            $0.agentID = held.value.id
                            $0.agentName = held.value.name
                            $0.profile = Proto.Profile(held.key)
                            $0.e164 = number.e164.description
                        }
                    }
                }
                response.managedE164s = numbers.filter { $0.webhookMode == .managed }
                    .map(\.e164.description)
                response.confirmToken = confirmToken(connection, numbers)
            }
        }

        methods.mutation(Self.path + "DisconnectCarrier", role: .manager, context: context) {
            $0.workspaceID
        } _: {
            (request: Proto.DisconnectCarrierRequest, call)
                throws(DomainError) -> Proto.DisconnectCarrierResponse in
            guard let id = ConnectionID(request.connectionID) else {
                throw ConnectionChanges.notFound
            }
            guard !request.restoreWebhooks else {
                // Only Twilio and Telnyx numbers have webhooks to restore.
                throw DomainError(
                    .carrierNotSupported,
                    "A SIP trunk has no webhook settings to restore: leave restore_webhooks out.",
                    field: "restore_webhooks")
            }
            let (numbers, profiles) = try ConnectionChanges.disconnect(
                id, workspace: call.workspace, in: call.writer
            ) { connection, numbers in
                confirmToken(connection, numbers) == request.confirmToken
            }
            return .with {
                $0.numbersRemoved = UInt64(numbers)
                $0.profilesCleared = UInt64(profiles)
            }
        }
    }
}

/// Names exactly the state that a preview showed: the connection and every number of it, by
/// version. It is no secret; it keeps a person from confirming what they have not seen.
private func confirmToken(_ connection: ConnectionRecord, _ numbers: [ConnectedNumber]) -> String {
    var hash = SHA256()
    hash.update(data: Array("\(connection.id) \(connection.version)".utf8))
    for number in numbers { hash.update(data: Array(" \(number.id) \(number.version)".utf8)) }
    return Hex.text(Array(hash.finalize().prefix(16)))
}
