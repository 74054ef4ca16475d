//! What sentences say of AI uses: wordings of every kind, each beside one that looks like it and says nothing.
//!
//! Every sentence is this project's own. A row is what the sentence must be read as, and the sentence.

#[path = "clauses/other_words.rs"]
mod other_words;

use std::collections::BTreeMap;

use airights_text::{AiUse, Clause, UseValue, read, read_notice};

/// `train`, `input`, `use`, `output` with `-` (disallowed), `+` (allowed) or `?` (conditional); `none`.
fn said(clauses: &[Clause]) -> String {
    let mut worst: BTreeMap<AiUse, UseValue> = BTreeMap::new();
    for clause in clauses {
        let value = worst.entry(clause.ai_use).or_default();
        *value = if *value == UseValue::Unknown {
            clause.value
        } else {
            (*value).max(clause.value)
        };
    }
    let words: Vec<String> = worst
        .into_iter()
        .map(|(ai_use, value)| {
            let name = match ai_use {
                AiUse::TrainAi => "train",
                AiUse::AiInput => "input",
                AiUse::UseRestrictions => "use",
                AiUse::TrainOnOutput => "output",
            };
            let sign = match value {
                UseValue::Allowed => '+',
                UseValue::Disallowed => '-',
                UseValue::Conditional => '?',
                UseValue::Unknown => ' ',
            };
            format!("{name}{sign}")
        })
        .collect();
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join(" ")
    }
}

/// Reads each row of a table: what is expected, perhaps "with" a condition, and the sentence.
fn check(table: &str, read_it: impl Fn(&str) -> Vec<Clause>) {
    let mut wrong = Vec::new();
    let is_row = |line: &&str| !line.is_empty() && !line.starts_with("# ");
    for line in table.lines().map(str::trim).filter(is_row) {
        let Some((expected, sentence)) = line.split_once('|') else {
            panic!("no bar: {line}");
        };
        let (expected, sentence) = (expected.trim(), sentence.trim());
        let clauses = read_it(&sentence.replace("\\n", "\n"));
        let found = said(&clauses);
        let (value, condition) = expected
            .split_once(" with ")
            .map_or((expected, None), |(value, condition)| (value, Some(condition)));
        let mut conditions = clauses.iter().flat_map(|clause| &clause.conditions);
        if found != value || condition.is_some_and(|wanted| !conditions.any(|found| found.as_str() == wanted)) {
            wrong.push(format!("expected {expected}, found {found}: {sentence}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn licences_and_notices_of_rights() {
    check(LICENSES, |text| read(text).clauses);
}

#[test]
fn texts_that_are_no_licence() {
    check(NOTICES, read_notice);
}

const LICENSES: &str = r"
train- | You may not use the Software to train machine learning models.
train- | The Work must not be used for training artificial intelligence systems.
train- | Use of this source code as training data for large language models is strictly prohibited.
train- | No part of this code may be included in any dataset used to train neural networks.
train- | Training of generative models on this work is forbidden.
train- | You shall not, and shall not permit others to, train, fine-tune or otherwise improve any AI model with the Licensed Material.
train- | Licensee agrees not to scrape, collect or harvest the Software for the purpose of developing machine-learning models.
train- | The rights granted above do not extend to the training of AI models.
train- | This licence does not permit the use of the Software in the creation of training corpora for language models.
train- | The permission granted herein excludes any use for AI training.
train- | Nothing in this licence grants the right to use the Software for machine learning training.
train- | AI training on this repository is not allowed without prior written consent of the author.
train- | The Software shall not be ingested, crawled or otherwise processed for the training or development of any artificial intelligence.
train- | Any use of the Work to develop, train, or enhance LLMs requires a separate written agreement and is otherwise prohibited.
train- | You are prohibited from using the Materials to build or improve any machine learning algorithm.
train- | Under no circumstances may this code be fed into an AI for training.
train- | Neither the Software nor any portion of it may be used to train an AI.
train- | Incorporation of the source code into AI training sets is expressly denied.
train- | The copyright holder reserves all rights to the use of this work for text and data mining within the meaning of Article 4 of Directive (EU) 2019/790.
train- | The author expressly opts out of any use of this work for text and data mining and for the training of AI.
train- | Restrictions:\n\n- You may not sell it.\n- You may not train AI on it.
train- | You may not:\n\n(a) remove this notice;\n(b) use the Software as training data for any machine learning model.
train- | The following uses are forbidden:\n\n1. Training of neural networks\n2. Resale
train- | The Software may be used for any purpose, except to train AI models.
train- | Permission is granted to use, copy and modify the Software, provided that it is not used to train machine learning systems.
train- | the above grants are void if the Software is used for training of large language models.
train- | You must not use the Software to train, test, validate or evaluate machine learning models.
train- | Use for AI training purposes: NOT PERMITTED.
train- | It is forbidden to use this work for training AI systems of any kind.
train- | This code is not licensed for use in training AI.
train- input- | The Software may not be used by or as input to any artificial intelligence system, including for training.
train- input- | You may not use this software with, for, or in connection with the training of, or as a prompt to, AI models.
input- | You may not provide the source code to an AI assistant as context or include it in prompts.
input- | The content may not be indexed for retrieval-augmented generation by AI systems.
train? | You may train AI models on the Software only if you give credit to the authors.
train? | Use for training machine learning models is permitted provided that the resulting model is released under an open source licence.
train? | If you use this work to train a model, you must publish the weights of the model under the same licence.
train? | Training of AI for non-commercial purposes is permitted.
train? | Commercial AI training requires a paid licence.
train? | The Software may not be used for commercial AI training.
train? | Any AI model trained on this code must attribute the authors in its documentation.
train? | Use in AI training datasets is allowed for research purposes only.
train+ | Permission is granted to use the Software to train machine learning models.
train+ | You may use this work for any purpose, including the training of artificial intelligence.
train+ | The authors expressly permit the use of this code as training data for language models.
train+ | Everyone is welcome to train AI models on this code.
train+ | The licensor grants you the right to use the data to train, validate and test AI models without restriction.
output- | You will not use the outputs of the Model to train any other large language model.
output- | You may not use any results of the Service to improve other AI models.
output? | If you use outputs of the Model to train another AI model, you must include Foo at the start of its name.
use? | You agree not to use the Model or Derivatives of the Model: in any way that violates applicable law; to exploit minors; to defame others.
use? | Use-based restrictions. The restrictions set forth in Attachment A are considered use-based restrictions.
use? | Your use of the Materials must adhere to the Acceptable Use Policy, which is incorporated by reference.
use? | If the monthly active users of the products exceed 700 million, you must request a licence.
train? | This project is not free for machine learning. If you are using any part of this repository to train a machine learned model, you agree to make the whole model publicly available.
train? | You may not download the site's content in bulk for the purpose of training a commercial AI model.
train? | The content of this project may be used for AI training only under the terms of the open signal.
train- | Training AI models on this work requires the prior written permission of the author.
train- | Whether for profit or not, you may not let an AI learn from this work or include it in a dataset for generative AI.
train- | No licence is granted to use any portion of the work for AI model training.
train- | You agree not to use, or allow others to use, the source code to train artificial intelligence.
train- | This licence explicitly excludes machine learning: no model may be trained on the Software.
train- input- | Automated agents, crawlers and bots are prohibited from indexing or analysing the Software for AI purposes, and it must not be embedded for retrieval by AI systems.
train- | Use of the Software for the creation of AI training data sets is a violation of this licence.
train- | L'utilisation de ce logiciel pour entraîner des modèles d'intelligence artificielle est interdite.
train- | Il est interdit d'utiliser cette œuvre pour l'entraînement d'une intelligence artificielle.
train- | Die Nutzung dieser Software zum Trainieren künstlicher Intelligenz ist untersagt.
train- | Dieses Werk darf nicht für das Training von KI-Modellen verwendet werden.
train- | Queda prohibido el uso de este código para entrenar modelos de inteligencia artificial.
train- | Este software no puede utilizarse para entrenar sistemas de inteligencia artificial.
train- | É proibido usar este código para treinar modelos de inteligência artificial.
train- | Este software não pode ser usado para treinar inteligência artificial.
train- | Запрещается использовать этот код для обучения моделей искусственного интеллекта.
train- | Использование данного кода для обучения нейросетей запрещено.
train- | 禁止将本软件用于训练人工智能模型。
train- | 未经许可，不得使用本项目的代码训练任何大语言模型。
train- | 本ソフトウェアをAIの学習に使用することを禁止します。
train- | このコードを機械学習の訓練データとして使用しないでください。
train- | 이 소프트웨어를 인공지능 학습에 사용하는 것을 금지합니다.
train- | 이 코드는 AI 모델 훈련에 사용할 수 없습니다.
train? | Training AI models on this work is PERMITTED, conditional on the publication of the weights.
train? | Training of machine learning models is welcome, provided none of the weights leave your premises.
train? | Training AI models on this work is allowed for everyone except companies.
train? | Training AI models on this work is allowed; see AI-TERMS.md for what is not.
train? | AI training is permitted; the foregoing is revoked as of next year.
train? | AI training is allowed; in Germany it is not.
train? | AI training on this work was permitted.
train+ | Permission to train AI on this work is granted and has been granted from the first.
train? | AI training on this work may be permitted in the future.
train? | AI training on this work could have been allowed.
train+ | Training AI models on this work is allowed; it is free software and all of it may be used.
train? | The Software is licensed under the GPL except for training machine learning models, which requires obtaining a separate commercial licence from the author.
train? | Commercial AI training on the work is prohibited; noncommercial AI training is permitted.
train- | Unauthorised training of AI on this work is prohibited.
train- input- | This licence is granted to any person, and not to artificial intelligence. The Software is not to be used in or by Copilot, nor as training data.
train- output- | The software or its outputs must not be used to train AI models.
output- | You must not use the software to obtain outputs and use those outputs to train AI models.
train- | You may not use the Software, including its build outputs, as training data for language models.
train- | The Software must not serve as any form of machine learning input.
train+ | The author does NOT opt out of text and data mining: you may train AI on this work.
train+ | Разрешается использовать этот код для обучения моделей машинного обучения.
train+ | Этот проект можно применять для обучения нейросетей без запроса разрешения.
train- | No part of the Software, its documentation, its configuration, its sample files, its tests or anything else that was made from them may be used, in whole or in part, to:\n\n(a) train or fine-tune any AI system;\n(b) build datasets for that purpose.
train- | 2) Prohibited uses\n   You may not:\n   (a) use the Software to train any AI system; or\n   (b) remove this notice.\n\n3) Everything else is permitted.
train- | You may:\n\n1. Copy the Software.\n2. Change the Software, except that you may not:\n   - train AI on it;\n   - sell it.\n3. Share the Software.
train- | The Licensor reserves, to the extent permitted by law, the rights to text and data mining under Article 4(3) of Directive (EU) 2019/790.
train- | Any other use, including fine-tuning, redistribution for money or inclusion in other datasets, is prohibited.
train- | The author has not consented, and does not consent, to machine learning on this work.
train- | Written permission is required for:\n\n- using the Software as training data for AI models;
train- | You are forbidden from using the Work for AI development. This includes, but is not limited to:\n\n1. Training any AI system.\n2. Building datasets for AI.
train- | Você não pode usar este software para treinar modelos de IA.
train- | Nao e permitido o uso deste codigo para treinamento de modelos de IA.
train- | È vietato utilizzare questo software per addestrare modelli di intelligenza artificiale.
train- | Het is verboden deze software te gebruiken voor het trainen van AI-modellen.
train- | Zabrania się wykorzystywania tego kodu do trenowania modeli sztucznej inteligencji.
train- | 本授權不授予使用本內容訓練人工智慧模型的權利。
train- | 除此之外，不授予任何下列權利：\n\n- 使用本內容訓練任何人工智慧模型
train+ | You may use the Software for training AI models; you may not remove this notice from it.
train? | The right to train models on the Data is granted, but without the right to sell the models.
input- | You are expressly prohibited from using any form of artificial intelligence to analyze the Software or to extract information from it.
input- | The use of AI or of any other automatic process to rewrite or recreate the Software is strictly prohibited.
input- | The Software may not be used, copied or changed by AI agents.
input- | You may not use the Work as input, prompt material or context in any AI system.
output- | You must not use the Model or the results of the Model to improve any other large model.
output- | You must not use Output:\n\n1. to mislead anybody;\n2. to train machine learning models.
use? | You may not use the Software for any military or illegal purpose.
use? | 您不得利用本软件从事任何危害国家安全和国家统一的行为。
none | The Models are trained on several datasets, some of which do not permit commercial use.
none | Only the pre-trained model weights are covered, and they may not be sold.
none | Permission is hereby granted to use this software for training courses and teaching.
none | The Software includes a training manual and machine learning examples.
none | You may not use the name of the authors to endorse machine learning products derived from it without permission.
none | Licensor will provide training and support for the Software under a separate agreement.
none | The Artificial Intelligence Center of the institute wrote this software. You may not remove this notice.
none | This product includes a framework for training neural networks. Redistribution must retain the notice.
none | The licensee shall train its personnel and must not disclose the source code.
none | You may not use the Model name or trademarks without permission.
none | The data set may not be redistributed without this notice.
none | Contributions made with the help of AI tools must not be submitted.
none | Models, textures and sounds must not be redistributed on their own.
use? | The railway model may not be used commercially.
";

const NOTICES: &str = r#"
train- | Please do not use this repository to train AI models.
train- | This project's source code may not be used to train large language models.
train- | The artwork in this repository is licensed under CC BY 4.0, but must not be used for AI training.
train- | I do not consent to my code being used for training AI.
train- | We do not give permission for this codebase to be used in AI training datasets.
train- | No part of this repository may be used for training machine learning models, GitHub Copilot included.
train- | ## License\n\nMIT. Not for AI training.
train- | AI companies are not allowed to train their models on this code.
train- | Do not train on the contents of this repository.
train- | Use of this codebase for LLM training is prohibited.
train- | Training AI models on this code is not permitted.
train- | All rights reserved for text and data mining of this content.
train- | This work is opted out of AI training.
train- | If you are a bot scraping code for machine learning: you do not have permission to use anything here.
train- | The assets must not be scraped for or included in generative AI datasets.
train- | // This file may not be used as training material for machine learning models.
train- | # NOTICE: Use of this code for training LLMs without permission is prohibited.
train- | Content-Usage: train-ai=n
train+ | Content-Usage: train-ai=y
train? | Content-Usage: train-ai=n;exceptions=cc-cr
train- input+ | Content-Signal: search=yes, ai-input=yes, ai-train=no
none | User-Agent: *\nDisallow: /private
train- | User-Agent: *\nDisallow: /private\n# Spawning AI\nDisallow: *
train- | # Spawning AI\n# Prevent datasets from using the following file types\n\nUser-Agent: *\nDisallow: *.txt\nDisallow: /
train- | <meta name='robots' content='noai, noimageai'>
train- | // SPDX-License-Identifier: LicenseRef-NON-AI-MIT
train- | SPDX-License-Identifier: ISC AND LicenseRef-No-AI-Training
train+ | You may use this code to train AI models.
train+ | The author explicitly allows this repository to be used for training language models.
train? | You may train AI models on this code as long as you credit the authors.
train- input- | AI agents: do not read, index, summarise or train on this repository.
input- | Please do not paste the code of this project into AI chatbots.
train- | // NO AI TRAINING: this file may NOT be used to train AI/ML models.
train- | Proprietary. Unauthorised copying, redistribution, reverse engineering or AI training is prohibited.
train- | Not licensed for use as training data for machine learning; text and data mining rights are reserved.
train- | > The contents of this repository may not be used to train or distil language models.
train- | ## Licence\n\n```\nCopyright 2025 Somebody. The contents may NOT be used to train any machine learning model.\n```
train- input- | // AI TRAINING NOTICE: Prohibited without written permission. No use for machine learning, fine-tuning or embedding.
train- | # ----------------------------\n# FILE : build.sh\n# ----------------------------\n# This file must not be used to train artificial intelligence.
train- | # ~~~~~~~~~~~~\n# FILE : build.sh\n# ~~~~~~~~~~~~\n# This file must not be used to train artificial intelligence.
train- | Unauthorized copying, redistribution, benchmarking, reverse engineering or use for AI training is prohibited without the explicit and written permission of the holder of the rights.
train- | ## AI Training Notice\n\nNo consent is given for such use.\n\nThis project and what is in it are **not permitted to be used for training or evaluation of machine learning models**.
train- | Rights for TDM and AI training are EXPRESSLY RESERVED under Art 4(3) Dir 2019/790.
train- | We hereby reserve our rights against text and data mining under Section 44b UrhG.
train- | # AI opt-out: Widget\n\nWidget is not authorized for use in the training of language models.
train- | # AI training policy\n\nUsing Widget to train or fine-tune models is prohibited.
train- input- | # AI policy and licence\n\nYou may **not** use Widget for:\n\n1. **Training**\n   - Training sets for machine learning\n2. **Assistants**\n   - Pasting the code into AI chatbots
train+ | # AI usage and licence\n\nWe explicitly permit AI systems to:\n\n- Use the content for training datasets
train? | # AI Training Rights\n\nYou are permitted to:\n\n- Use documentation for training AI models\n\nWhen using this documentation for AI training, you **must**:\n\n1. **Credit the project** by name
train? | Commercial AI training on this content is prohibited.
train- | É estritamente vedada a utilização deste repositório em treinamento de IA sem autorização.
train- | Dem Text- und Data-Mining der Inhalte dieser Website wird ausdrücklich widersprochen.
train- | La utilización de este repositorio para el entrenamiento de IA queda estrictamente prohibida.
train- | このリポジトリの内容を生成AIの学習データとして利用することは禁止です。
train- | 이 저장소의 내용을 AI 학습에 사용하는 것을 허용하지 않습니다.
train- | {\n  "tdm": {\n    "policy": "https://example.org",\n    "reservation": 1\n  }\n}
none | The rights holders can reserve text and data mining of their works with a robots.txt.
none | Article 4 allows rightsholders to reserve text and data mining of content.
none | This dataset cannot be used for machine learning in its current form.
none | The raw data of this project cannot be used for machine learning as is.
none | The permission to store data is not permission to train a model.
none | The FAQ of the vendor says that its content may not be used to train models.
none | The service does not use customer records to train AI models.
none | * [Everything here is opted out of AI datasets](https://example.org/all-is-opted-out-of-AI-datasets)
none | See https://example.org/do-not-train-AI-on-this-repository for more.
none | # AI Policy\n\nThis says how AI may be used when contributing.\n\nYou must not paste code that a model reproduced from training data.
none | The assertion says whether the asset may be used for AI training.
none | [The search engine uses what it crawls for AI training, you may opt out on your site.](./bing.md)
none | Download the pre-trained models of this repository and you can run the fine-tuning in minutes.
none | You can use the flag to add a volume for the dataset of this repository.
train- | Training: deny
train- | Die Inhalte dieses Repositorys dürfen nicht zum Training von KI verwendet werden.
train- | 請勿使用本專案訓練 AI 模型。
train- | 本リポジトリのAI学習への利用を禁じます。
none | {\n  "location": "/docs/",\n  "tdm-reservation": 0\n}
train+ | TDM-Reservation: 0
train- | {\n  "location": "/",\n  "tdm-reservation": 1\n}
train- | **禁止用于 AI 训练**
train? | // This project is not free for machine learning. If you're using any content of this repository to train a model, you agree to make the whole model publicly available.
train- | # ai.txt\nPolicy: NO_AI_TRAINING
train- | Disallow-Action: train
train- | This crate is licensed under the MIT NON-AI licence.
train+ | You may use this crate's source code to train AI models.
none | For a convolutional model we cannot run on all the training images in one step.
none | This page describes the MIT NON-AI licence.
train- | /*\n * You may not use this software, in whole or in part,\n * for the purposes of training, fine-tuning or otherwise improving\n * any machine learning system.\n */
train- input- | This repository is a website. It is meant for review only. It may not be used for AI training, model fine-tuning, embedding generation, retrieval indexing, vector databases, the construction of benchmarks or bulk downloading.
none | The stories in this app belong to their people. It is not used to train AI models, and not uploaded to any server.
none | Your contacts are never shared, and never used to train AI models.
none | Cases to test:\n\n- Allowed;\n- Prohibited AI training;\n- Prohibited generative AI training;
none | Is my data used to train AI models? Never.
none | These documents are still being processed and cannot be used for AI chat yet.
none | Everything here is yours. We never sell student data and never train AI models on your documents.
none | We do not use your reading history to train AI models.
none | The coach does not train AI models on my personal data.
none | AI training is not performed on user data.
none | AI training is not yet implemented.
none | These samples cannot be used for training.
none | This dataset was collected for the purpose of training our language model.
none | **Training**: can AI train on this content? Allow / Deny / Conditional
none | The course covers text and data mining.
none | Artificial intelligence training for teachers.
none | 5. Do not train on images larger than 512 pixels.
none | The licence of the weights does not allow commercial use.
none | If the model is not trained, an error is returned.
none | This package contains models that were trained on public data.
none | Please do not use the AI chat for support questions.
none | Please do not submit code written by AI to this repository.
none | Pull requests generated by large language models will be closed without discussion.
none | No AI was used in the making of this project.
none | This project does not use AI generated code.
none | We do not use your data to train AI models.
none | Your prompts are never used for training machine learning models.
none | By default, the service may not use customer content to train its models.
none | This crate lets you train neural networks in Rust.
none | The model was trained on a dataset of source code.
none | Use this library to train language models on your own data.
none | You can use the software to train image classifiers.
none | Do not use the test set for training, since the results would be meaningless.
none | The benchmark must not be used to train models, as it contains test data.
none | A licence could say: 'You may not use this software to train AI models.'
none | A clause could read, for example:\n\n> You may not use this software to train AI models.
none | ```\nYou may not use this software to train AI models.\n```
none | This tool generates an ai.txt that tells crawlers not to train on your website.
none | The robots.txt of a site can forbid AI training with Content-Signal: ai-train=no.
none | LLM-generated issues are not allowed.
none | AI agents must not push to the main branch of this repository.
none | Agents should not modify the training scripts in this repository.
none | Do not train the model on the CPU, it takes days.
none | The training data must not be checked into this repository.
none | You must not use AI to write contributions to this project.
none | Models trained with this library may not be compatible with older versions.
none | Machine learning is not supported on this platform.
none | SPDX-License-Identifier: MIT
none | SPDX-License-Identifier: LicenseRef-NoSell
none | User-agent: GPTBot\nDisallow: /
none | NoAI: disables the artificial intelligence of the mob.
"#;
