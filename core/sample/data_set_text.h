#pragma once

#include "core/dicom/data_set.h"

#include <QHash>
#include <QString>

/// Makes invented studies for tests, measurements and a first look at the program.
namespace sample {

/// The characters that the text of a data set is written in.
enum class Repertoire { Latin1, LatinAndGreek, Japanese, Utf8 };

/// The value of Specific Character Set (0008,0005) for it.
QString specificCharacterSet(Repertoire repertoire);

/// Text as value bytes, with the escape sequences of PS3.5 section 6.1.2.5. Knows the characters that the
/// sample needs (for Japanese: hiragana and a dozen of kanji); others become question marks.
QByteArray encodeText(QStringView text, Repertoire repertoire);

using Variables = QHash<QString, QString>;

/// Sets the elements that the lines describe, one each: "gggg,eeee VR value". Elements of a sequence's items
/// follow it, marked with one more ">"; a line ">--" begins the next item. "{name}" stands for a variable.
/// Numbers are separated by backslashes; the value of OB and UN is text, or hex digits after "#".
void addText(dicom::DataSet& dataSet, const char* utf8Lines, Repertoire repertoire,
             const Variables& variables = {});

/// One element from its value as text.
void addElement(dicom::DataSet& dataSet, quint32 tag, dicom::Vr vr, const QString& text,
                Repertoire repertoire = Repertoire::Latin1);

} // namespace sample
