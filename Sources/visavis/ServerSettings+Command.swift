import Foundation
import Server
import Settings

extension ServerSettings {
    /// The settings of a command: its flags, the process's environment, and a YAML file.
    /// - Parameters:
    ///   - flags: by setting name; nil where a flag was not given.
    ///   - configurationFile: the path of the file; nil for `VISAVIS_CONFIG`, or else `visavis.yaml` if it exists.
    init(flags: [String: String?], configurationFile: String?) throws(SettingsError) {
        let environment = ProcessInfo.processInfo.environment
        let usual = "visavis.yaml"
        let named = configurationFile ?? environment["VISAVIS_CONFIG"]
        let file = named ?? (FileManager.default.fileExists(atPath: usual) ? usual : nil)
        try self.init(flags: flags, environment: environment, file: file.map { URL(filePath: $0) })
    }
}
