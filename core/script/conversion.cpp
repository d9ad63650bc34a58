#include "core/script/conversion.h"

#include "core/dicom/value.h"

#include <algorithm>

namespace script {

namespace {

using dicom::CharacterSet;
using dicom::DataSet;
using dicom::Element;
using dicom::ElementPtr;

Error failure(dicom::Tag tag, const QString& reason)
{
    return {Error::Kind::Script, reason, {}, {}, dicom::toString(tag)};
}

class Converter {
public:
    Converter(const CharacterSet& target, Undeclared undeclared)
        : m_target(target)
        , m_undeclared(undeclared)
    {
    }

    Result<DataSet> run(const DataSet& dataSet, const CharacterSet& inherited) const
    {
        const CharacterSet own = dicom::characterSetOf(dataSet, inherited);
        DataSet result;
        for (const ElementPtr& element : dataSet) {
            if (element->tag() == dicom::tags::SpecificCharacterSet) {
                if (!m_target.value().isEmpty())
                    result.set(declaration(m_target));
                continue;
            }
            auto turned = element->isSequence() ? sequence(*element, own) : value(element, own);
            if (!turned)
                return turned.error();
            result.set(std::move(turned).value());
        }
        return result;
    }

    static ElementPtr declaration(const CharacterSet& set)
    {
        return Element::make(dicom::tags::SpecificCharacterSet, dicom::Vr::CS,
                             dicom::padded(set.value(), dicom::Vr::CS));
    }

private:
    Result<ElementPtr> sequence(const Element& element, const CharacterSet& own) const
    {
        Element::Items items;
        for (const DataSet& item : element.items()) {
            auto turned = run(item, own);
            if (!turned)
                return turned.error();
            items.push_back(std::move(turned).value());
        }
        return Element::make(element.tag(), std::move(items));
    }

    Result<ElementPtr> value(const ElementPtr& element, const CharacterSet& own) const
    {
        if (dicom::info(element->vr()).content != dicom::VrInfo::Content::Text)
            return element;
        if (element->isInSource())
            return failure(element->tag(),
                           QStringLiteral("the text is too long to be turned to another character set"));
        bool damaged = false;
        const QString text = own.decode(element->bytes(), element->vr(), &damaged);
        if (text.contains(QChar::ReplacementCharacter) || (damaged && m_undeclared == Undeclared::Keep))
            return element;
        auto bytes = m_target.encode(text, element->vr());
        if (!bytes)
            return failure(element->tag(),
                           QStringLiteral("%1 cannot hold the text").arg(m_target.terms().join(u'\\')));
        const QByteArray even = dicom::padded(*bytes, element->vr());
        return even == element->bytes() ? element : Element::make(element->tag(), element->vr(), even);
    }

    const CharacterSet& m_target;
    Undeclared m_undeclared;
};

} // namespace

Result<DataSet> converted(const DataSet& dataSet, const CharacterSet& target, Undeclared undeclared)
{
    auto result = Converter(target, undeclared).run(dataSet, {});
    if (result && !target.value().isEmpty())
        result->set(Converter::declaration(target));
    return result;
}

} // namespace script
