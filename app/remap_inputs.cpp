#include "app/remap_inputs.h"

#include "app/messages.h"
#include "core/base/memory.h"
#include "core/catalog/scan.h"
#include "core/deid/deidentify.h"

#include <algorithm>

namespace {

using Instances = std::vector<std::shared_ptr<catalog::Instance>>;

void sayIssue(const catalog::Issue& issue, const RemapOptions& options, RemapInputs& inputs)
{
    if (issue.kind == catalog::Issue::Kind::Interrupted) {
        if (!options.output.isEmpty()) // otherwise it is gone on with
            say(QStringLiteral("warning: %1: a save was interrupted in this folder, so some of its files "
                               "may be new and others as before; --recover brings it to an end")
                    .arg(issue.path));
        return;
    }
    const bool isDirectory = issue.kind == catalog::Issue::Kind::Directory;
    const bool harmless = isDirectory || issue.kind == catalog::Issue::Kind::NotDicom;
    ++(isDirectory ? inputs.directories : harmless ? inputs.notDicom : inputs.unread);
    say(QStringLiteral("%1 %2%3").arg(issue.path, issue.reason,
                                      harmless ? QStringLiteral(" (left out)") : QString()));
}

} // namespace

RemapInputs readInputs(const RemapOptions& options)
{
    RemapInputs inputs;
    Instances found;
    AlikeErrors oddities(options.verbose); // of files that were read all the same
    const auto take = [&](const catalog::ScanBatch& batch) {
        for (const auto& loaded : batch.loaded) {
            const dicom::LoadedFile& file = loaded.instance->kept();
            inputs.patients.insert(deid::patientKeyOf(file.dataSet));
            for (const QString& oddity : file.oddities)
                oddities.add({Error::Kind::Damaged, oddity, {}, file.path});
            loaded.instance->content.reset();
            found.push_back(loaded.instance);
        }
        for (const catalog::Issue& issue : batch.issues)
            sayIssue(issue, options, inputs);
    };
    catalog::scan(options.inputs, {}, false, take, options.threads);
    // The order in which workers finish must not show in anything that is written.
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return catalog::Instance::isBefore(*a, *b); });
    inputs.instances.reserve(static_cast<qsizetype>(found.size()));
    for (auto& instance : found) {
        instance->id = static_cast<int>(inputs.instances.size());
        inputs.instances << std::move(instance);
    }
    oddities.tell();
    releaseUnusedMemory();
    return inputs;
}
