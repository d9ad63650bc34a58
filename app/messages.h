#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QString>

/// For people, on standard error: "dicomremap: …".
void say(const QString& text);

/// A path for a command line that people may copy.
QString quoted(const QString& path);

/// Errors that say the same of many files: the first few of each kind are told, in the order of their files.
class AlikeErrors {
public:
    explicit AlikeErrors(bool tellAll)
        : m_tellAll(tellAll)
    {
    }
    void add(const Error& error);
    void tell() const;

private:
    struct Kind {
        int count = 0;
        QMap<QString, QString> messages; ///< by file; of the first few, or all
    };
    QMap<QString, Kind> m_kinds; ///< by reason
    bool m_tellAll;
};
