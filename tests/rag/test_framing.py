"""What a question asks about, without the turns that ask what a document says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import rag.evaluate
from index.words.tokens import tokens
from rag.question.framing import bare
from rag.question.query import query_of

FRAMED = Path(rag.evaluate.__file__).with_name("framed.jsonl")


@pytest.mark.parametrize(
    ("language", "question", "left"),
    [
        ("en", "What does the document say about climate change?", "climate change?"),
        ("en", "Is there anything on refugees in this text?", "refugees ?"),
        ("fr", "Que dit le texte sur la traite ?", "la traite ?"),
        ("es", "¿Qué se dice sobre las remesas?", "¿ las remesas?"),
        ("ru", "Что сказано в документе о торговле людьми?", "торговле людьми?"),
        ("ar", "ماذا تقول الوثيقة عن اللاجئين؟", "اللاجئين؟"),
        ("zh", "文件关于汇款怎么说？", "汇款 ？"),
        ("en", "Which paragraph deals with remittances?", "remittances?"),
        ("en", "What does the General Assembly say about xenophobia?", "xenophobia?"),
        ("en", "In which paragraph is the Global Compact mentioned?", "the Global Compact ?"),
        ("fr", "Que dit l’Assemblée générale sur la xénophobie ?", "la xénophobie ?"),
        ("fr", "Quel paragraphe porte sur la traite ?", "la traite ?"),
        ("es", "¿Hay alguna disposición sobre el trabajo infantil?", "¿ el trabajo infantil?"),
        ("es", "¿Dónde se menciona el Pacto Mundial?", "el Pacto Mundial?"),
        ("ru", "В каком пункте говорится о переводах?", "переводах?"),
        ("ar", "ماذا تقول الجمعية العامة عن كراهية الأجانب؟", "كراهية الأجانب؟"),
        ("ar", "مَاذَا يَقُولُ القَرَارُ عَنْ النِّسَاءِ؟", "النساء؟"),
        ("zh", "有没有关于拘留儿童的规定？", "拘留儿童 ？"),
        ("zh", "是否有关于区块链的段落？", "区块链 ？"),
        ("zh", "文件中關於匯款說了什麼？", "汇款 ？"),
        ("en", "Does it mention children?", "children?"),
        ("en", "Are children mentioned?", "children ?"),
        ("fr", "Mentionne-t-elle les enfants ?", "les enfants ?"),
        ("fr", "Est-ce qu’il parle des enfants ?", "des enfants ?"),
        ("es", "¿Menciona a los niños?", "a los niños?"),
        ("ru", "Упоминает ли она детей?", "детей?"),
        ("ar", "هل تذكر الأطفال؟", "الأطفال؟"),
        ("zh", "它提到儿童了吗？", "儿童 ？"),
    ],
)
def test_the_matter_is_left(language: str, question: str, left: str) -> None:
    assert bare(question, language) == left


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Which travel documents do stateless persons need?"),
        ("en", "What does the document say?"),
        ("fr", "Qui délivre les documents de voyage ?"),
        ("es", "¿Quién expide los documentos de viaje?"),
        ("ru", "Кто выдает проездные документы?"),
        ("ar", "من يصدر وثائق السفر؟"),
        ("zh", "来信要求把结论作为哪个项目下的文件分发？"),
        ("zh", "如何说服各国批准公约？"),
        ("zh", "报告说明了什么问题？"),
        ("es", "¿Qué señala el informe del Secretario General?"),
        ("es", "¿De qué trata la resolución?"),
        ("es", "Trata de personas"),
        ("en", "Do they address their complaints to the Committee?"),
        ("xx", "What does the document say about it?"),
    ],
)
def test_a_question_with_matter_of_its_own_stays_as_it_is(language: str, question: str) -> None:
    assert bare(question, language) == question


def test_each_of_many_ways_to_ask_leaves_the_same_words() -> None:
    """Ends of words aside: cases and articles differ."""
    rows = [json.loads(line) for line in FRAMED.read_text(encoding="utf-8").splitlines()]
    topics: dict[str, set[str]] = {}
    for row in rows:
        need, way = row["id"].rsplit(".", 1)
        if way[2:] == "4":  # the words of the topic alone
            topics[f"{need}.{row['lang']}"] = set(tokens(row["question"], row["lang"]))
    assert len(topics) == 22 * 6
    odd = [
        row["question"]
        for row in rows
        if len(
            set(tokens(bare(row["question"], row["lang"]), row["lang"]))
            ^ topics[f"{row['id'].rsplit('.', 1)[0]}.{row['lang']}"]
        )
        > 3
    ]
    assert len(odd) <= len(rows) / 100, odd


def test_what_is_searched_is_the_matter_of_all_that_is_asked() -> None:
    query = query_of("And what does it say about France?", ["What does the document say about remittances?"])
    assert query.matter[0][0] == "remittances?"
    assert query.whole == "What does the document say about remittances? And what does it say about France?"
