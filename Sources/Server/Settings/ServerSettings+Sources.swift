import Batching
import Engines
public import Foundation
public import Settings

extension ServerSettings {
    /// Gathers the settings from their sources: a flag wins over the environment, that over the file, that over
    /// the default.
    /// - Parameters:
    ///   - flags: values of the command line by setting name, e.g. `port`; nil where a flag was not given.
    ///   - environment: the process's environment; `VISAVIS_…` variables count.
    ///   - file: a YAML file; nil for none.
    /// - Throws: ``SettingsError`` that names the source, the setting, what was found and what was expected.
    public init(flags: [String: String?], environment: [String: String], file: URL?) throws(SettingsError) {
        self.init()
        if let file {
            var section = try SettingsSection(file: file, environment: environment)
            responders = try ResponderSettings(in: &section)
            for value in try section.rest() {
                if value.isList, let setting = Setting.all.first(where: { $0.name == value.name }), !setting.isList {
                    throw .unexpected(
                        name: value.name, source: value.source, found: "a list", expected: setting.expected)
                }
                try set(value.name, to: value.text, from: value.source)
            }
        }
        for setting in Setting.all {
            guard let value = environment[setting.environmentName] else { continue }
            try set(setting.name, to: value, from: setting.environmentName)
        }
        for case (let name, let value?) in flags {
            try set(name, to: value, from: Setting.all.first { $0.name == name }?.flag ?? name)
        }
        do throws(BatchingError) {
            _ = try engine.batching.sizePolicy()
        } catch {
            throw .contradiction("\(error)")
        }
    }

    private mutating func set(_ name: String, to value: String, from source: String) throws(SettingsError) {
        guard let setting = Setting.all.first(where: { $0.name == name }) else {
            let nearest = Spelling.nearest(to: name, among: Setting.all.map(\.name))
            throw .unknown(name: name, source: source, nearest: nearest)
        }
        guard setting.store(value, &self) else {
            throw .unexpected(name: name, source: source, found: value, expected: setting.expected)
        }
    }
}
