import Foundation
import LinekeeperCore
import LinekeeperServices

/// The carrier accounts that the platform buys from, out of files with their credentials.
enum PlatformCredentials {
    /// Opens the accounts that are configured; asks no carrier.
    static func accounts(
        _ configuration: AppConfiguration, adapters: [any CarrierAdapter]
    ) throws(StartError) -> PlatformAccounts {
        PlatformAccounts(
            pool: try account(
                configuration.poolCredentials, "--pool-credentials", at: .telnyx, adapters),
            marketplace: try account(
                configuration.marketplaceCredentials, "--marketplace-credentials", at: .twilio,
                adapters))
    }

    private static func account(
        _ path: String?, _ option: String, at carrier: Carrier, _ adapters: [any CarrierAdapter]
    ) throws(StartError) -> (any CarrierAccount)? {
        guard let path else { return nil }
        guard let adapter = adapters.first(where: { $0.profile.carrier == carrier }) else {
            throw .configuration("\(option): this server does not speak to \(carrier.label).")
        }
        guard let text = try PrivateFile.read(path) else {
            throw .configuration("\(option): there is no file \(path).")
        }
        guard !PrivateFile.isReadableByOthers(path) else {
            throw .configuration(
                "\(option): others may read the credentials in \(path): chmod 600 \(path).")
        }
        let fields: [String: String]
        do {
            fields = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        } catch {
            // Not the decoder's words: they quote what it could not read.
            throw .configuration(
                "\(option): \(path) must be a JSON object of texts with "
                    + adapter.profile.fields.map(\.name).joined(separator: ", ") + ".")
        }
        do throws(DomainError) {
            return try adapter.account(fields)
        } catch {
            throw .configuration("\(option): \(error.message)")
        }
    }
}
