//! The same things in other words: wordings that no row of the tables was written for, each kind beside what only looks
//! like it.
//!
//! A row is what the sentence must be read as, a condition that must be among those asked for, and the sentence.

use airights_text::{read, read_notice};

use super::check;

#[test]
fn licenses_in_other_words() {
    check(LICENSES, |text| read(text).clauses);
}

#[test]
fn notices_in_other_words() {
    check(NOTICES, read_notice);
}

const LICENSES: &str = r"
# Training under other names, in a license.
train- | A neural code generator may not be created with the aid of these files.
train- | You must not adjust, update or otherwise change the weights of a neural network with the help of the Software.
train- | It is not allowed to create derivative AI models from the Software.
train- | The Licensee undertakes to refrain from employing the Licensed Work for the schooling of AI models.
train- | Do not have a model memorize, imitate or learn this code.
train- | This code must not become part of the corpus that a large language model is made from.
train- | Nobody may educate a neural network by showing it this source code.
train- | The source must not be turned into parameters of a generative system.
train- | Your license ends automatically if you train a machine learning model on the Software.
train- | Tuning the parameters of a language model with these sources is prohibited.
train- | Including this library in a collection gathered for the instruction of language models is prohibited.
train- | It is unlawful under this license to fit a predictive model to the source code.
train- | Do not let a large language model absorb this work.
train- | You may not extract features from the code for the benefit of a learning system.
train- | The code may not contribute to the knowledge of an artificial intelligence.
train- | The Software must not be used as a data source for deep learning.
train- | It is prohibited to use the files in any stage of the production of a language model.
train- | The Licensee must not cause an algorithm to learn statistical regularities of the Software.
train- | This code is off the table for pretraining, post-training and alignment of models.
train- | The Software, its documentation and its tests must not be turned into training examples.
train- | Under this license, nobody may improve the accuracy of a code model by means of the Software.
train- | The Program may not be parsed, embedded, tokenized or otherwise prepared for the training of neural networks.
train- | The copying of this work into any dataset that is meant for the training of generative systems is expressly excluded from this license.
train- | Building a model that imitates the style of this code is not allowed.
train- | It is a material breach of this agreement to train an AI with the Software.
train- | You may not let a neural net digest this code.
train- | To raise an AI on this code is forbidden.
train- | An algorithm that predicts code must not be derived from these files.
train- | Whoever trains a model on this program has no licence for it.
train- | The code may not be shown to a model while it is being trained.
train- | Do not use the repository for the pretraining, finetuning or evaluation of LLMs.
train- | A machine that learns must not be given this code to learn from.
train- | You shall not pass this software to a system that learns from its inputs.
train- | Teaching, tuning or testing any AI with the help of the Work is prohibited.
train- | To use this software for the optimization of model weights is not allowed.
train- | Persons who build machine learning datasets from this code act without a licence.
train- | No part of it may flow into the parameters of a neural network.
train- | Nothing in these files may be memorized by a large language model.
train- | If the Software is used for training an AI, this license becomes invalid.
train- | AI vendors are forbidden to use this code while developing their models.
train- | It is not allowed to derive a classifier from the Work.
# What turns a permission or a prohibition into its opposite.
none | Nothing in this license forbids training AI models on the Software.
train- | You may use the Software for every purpose besides AI training.
train- | The earlier permission to train AI models on the Software is void.
train- | This license stops short of permitting AI training.
train- | All uses are permitted, save AI training.
train- | Everybody is free to use this work, with AI training being the one thing that is not permitted.
train- | We have denied permission to train AI on this code.
train- | It is not true that you may train AI on this software; it is forbidden.
train- | Nothing in this license may be read as a permission to train AI on the Software.
train- | The right to train AI models on this code is granted to nobody.
train- | Any use is fine, with the sole exception of training language models.
train- | You may do everything with the Software apart from training AI models on it.
train- | You may read, change and share the code, yet you may not train AI with it.
none | No term of this license restricts the training of AI models.
train- | The grant of rights does not include a right to train machine learning models.
train- | Every use but the training of AI is permitted.
train- | You may not, without exception, train AI on the Software.
train- | The license granted above is not a license to train AI.
train- | This permission shall not be construed to cover the training of AI.
train- | No permission, express or implied, is given to train AI on the Software.
train- | The permission granted herein does not apply to persons who train AI on the Software.
none | Nothing herein shall be understood as a ban on AI training.
train+ | We have no objection to AI training on the Software.
train- | Unless you hold a license for AI training, you may not train AI on the Software.
train? | Permission to train AI on the Software may be requested from the licensor.
train- | This license grants all rights other than the right to train AI.
train- | Any license to train AI on the Software that was given in the past is revoked.
train- | You get every right under copyright except that of training AI on the Software.
train- | Without the written consent of the author, AI training on the Software is not permitted.
train- | The foregoing license excludes the right to train AI.
train- | The right to train AI with the Software rests with the licensor alone.
none | Nothing in these terms shall prevent anyone from training AI on the Software.
none | AI training is not among the uses that are forbidden.
train- | The licensor refuses every request to train AI on the Software.
train- | AI training apart, you may do with the Software as you wish.
train- | Save for the training of AI, any use is free.
train- | Nobody enjoys the freedom to train AI on the Software.
train- | A right to train AI on the Software cannot be derived from this licence.
none | No sentence of this licence is to be read as a prohibition of AI training.
none | AI training is in no way prohibited.
train? | The licensor allows AI training once a contract has been signed.
train- | The licensor never consented to the training of AI on the Software.
train- | Whatever the licence permits, it does not permit the training of AI.
none | The licensor does not object to the training of AI on the Software.
train- | AI training is exempt from this license.
train- | Permission is granted for all purposes. This excludes AI training.
train? | You may train AI on the Software if, and only if, the authors agree.
train- | Under no reading does this license permit AI training.
none | We do not want to forbid AI training.
# Permissions that are plain.
train+ | The licensor grants everybody the right to train AI on the Work.
train+ | Anyone may use the Software to teach machine learning models.
train+ | You do not need permission to train AI models on the Software.
train+ | Everyone has the right to train machine learning models on the Software.
train+ | I explicitly allow training AI on my code in this repository.
train+ | You have a worldwide, non-exclusive license to train AI models on the Software.
# What is asked in return.
train? with ecosystem-contribution | Those who train AI with the Software shall give back to the commons.
train? with ecosystem-contribution | Machine learning on this code is permitted on condition that one percent of the revenue is donated to open source foundations.
train? with direct-contribution | AI training is allowed in exchange for a donation to the authors.
train? with credit | Training language models on the Software is allowed, provided that the Software is mentioned in the acknowledgements of the model.
train? with non-commercial | Universities may train models on the Software as long as nobody earns money with them.
train- | Training on this code needs the approval of the maintainers when the model is an LLM.
train? with direct-contribution | Anyone may train models on this work after buying a license.
train? with ecosystem-contribution | You may train AI systems on the Software if you contribute to the open source community in return.
train? | AI training is permitted inside the European Union.
train? with open-result | The Software may be used to train AI, so long as the resulting models carry the same license.
train? with open-result | Whoever trains a language model with this code shall publish its weights.
train? with credit | Machine learning on the Software obliges you to name its authors.
train? with open-result | Every model trained on the Software has to be released to the public.
train? with non-commercial | AI training is allowed, but only for non-commercial purposes.
train? with direct-contribution | A fee is due for each model that is trained on the Software.
train? | AI training is permitted to companies with fewer than fifty employees.
train? with credit | If a model is trained on the Software, its authors must be acknowledged.
train? with open-result | Any AI trained on the Software must itself be free software.
train? with non-commercial | Training AI on the Software for commercial purposes is prohibited; non-commercial training is permitted.
train? with ecosystem-contribution | You may train AI on the Software provided that you contribute improvements back to the community.
train? with credit | You may train a model on the code as long as its model card lists this project.
train? with ecosystem-contribution | Who trains a model on the Software shall give the public access to it.
train? with non-commercial | AI training on the work is permitted for purposes that are not commercial.
train? with open-result | Whoever trains a model with this code must open its weights to everyone.
input? | Corporations with a turnover of more than five million need our agreement before they give the code to an AI model.
train? | Training of AI on the Software is allowed if a licence fee has been paid.
train? with non-commercial | Training is only permitted for noncommercial AI models.
train? | Before any AI is trained on the Software, the consent of the licensor has to be obtained.
train? with open-result | You may train models on the Work if you place the models under this license.
train? | Please write to the author before you train AI with this work.
train? with open-result | AI models built from this code must be published under a license approved by the OSI.
# Fields of use that are taken out.
use? | Use in gambling or betting is not permitted.
use? | This license does not extend to military organizations.
use? | No commercial use.
use? | You may not use the Software commercially.
use? | This software may be used for peaceful purposes only.
use? | The Software may be used by anyone except the fossil fuel industry.
use? | The licensee promises not to apply the Software to any of these ends:\n\n- torture;\n- forced labor;\n- racial profiling.
use? | Commercial use is not allowed.
use? | It is forbidden to employ the Work in the tracking of refugees.
use? | No use for pornography, hate speech or stalking is permitted.
use? | You may not use the Software to build or sell spyware.
use? | Use by the military, the police or a secret service is excluded.
use? | The Software may not be used by for-profit companies.
use? | You may use the Software for private purposes only.
use? | None of the following may use the Software:\n\n- arms dealers;\n- tobacco companies.
use? | You shall not use this library to manipulate elections.
none | You may use the Software in military and civil applications alike.
none | The authors may use your name in advertising.
use? | No entity engaged in mass surveillance is permitted to use the Software.
use? | This license prohibits the use of the Software for military ends.
use? | The Work may only be used for non-commercial ends.
use? | You are not permitted to use the Software for commercial purposes.
use? | The rights granted above do not extend to law enforcement agencies.
use? | Do not use this software for evil.
use? | It is prohibited to use the Software for the creation of deepfakes.
use? | You may not use this crate in commercial products without a license.
use? | You may not run the Software in a casino.
use? | The Software may not be used by secret services, armies or border guards.
use? | Using this software, you promise NOT to:\n\n- hunt animals;\n- test cosmetics on animals;\n- make fur coats.
use? | Commercial use is excluded.
use? | Use for profit is forbidden.
use? | The Work must not be employed in lending, insurance or the ranking of job applicants.
use? | Everybody may use the Software, the tobacco industry excepted.
use? | Use by intelligence agencies is prohibited.
use? | You agree not to use the Software to:\n\n- harm minors;\n- spread malware;\n- violate privacy.
use? | Any use for warfare, torture or surveillance is forbidden.
use? | The Software is for private use only.
use? | It is forbidden to use the Software to oppress people.
# What the work puts out, as material to train on.
output- | Completions of the Model shall not serve as training data for other models.
output- | You may not train a competing model with what the Software produces.
output- | What the Model writes may not be used to improve other models.
output- | Images made with this program must not end up in training sets.
output? | You may use the outputs to train other models only with our consent.
output+ | You may use the output of the Software to train other AI models.
output- | Do not use generated images as training data.
output- | You may not use the predictions of the Model in order to train a copy of it.
output- | You may not use anything that the Model produces to improve another model.
output- | Licensee shall not use the generated text to develop or train artificial intelligence that competes with Licensor.
output- | What the Software writes must not be used to train a rival.
output- | The results may not be used to build a product that competes with the licensor's models.
output- | You may not use outputs in order to develop competing AI models.
output- | The Software's output must not be the source from which other models learn.
output- | No one may use generated answers as training data for a competing service.
output- | No synthetic data from this generator may be used in the training of AI.
# Words of a license that rule nothing of this.
none | Neither the name of the authors nor that of the military academy may be used to endorse products.
none | The Software is not designed for use in nuclear facilities, aircraft or life support.
none | You may not remove the notices from the training scripts.
none | The Software may be used for any purpose, commercial or not.
none | Portions were written by employees of the government for surveillance of glaciers.
none | You must not use the trademarks of the licensor for any AI product.
none | You may not sublicense the Software without permission. The Software contains a neural network.
none | The models in the directory `weights` are licensed separately and may not be redistributed.
none | You may charge a fee for commercial use of your own additions.
none | The Software must not be exported to embargoed countries.
none | You may not use the names of the contributors in advertising without their permission.
none | The fee for training courses must be paid in advance.
none | This license does not cover the pretrained models that the Software downloads.
none | The Software may be used commercially without paying a fee.
none | The provider grants you a non-exclusive licence to use the data, including for commercial purposes, under the terms below.
none | These rights explicitly include commercial use and do not exclude any field of endeavor.
none | The licensor is a not-for-profit organization and earns nothing from the use of the Software.
none | The names of the holders shall not be used in advertising or otherwise to promote the use of the Software.
";

const NOTICES: &str = r"
none | There is no reason not to use the secret service feature with this crate.
use? | You are not to use this crate with a secret service.
# Refusals in a README.
train- | No machine may learn from this source code.
train- | The author withholds consent to AI training on this repository.
train- | Keep this repository out of your training sets.
train- | I reject any use of my code for training neural networks.
train- | AI vendors are not welcome to learn from this code.
train- | We have not given anybody permission to use these files as training data.
train- | Collectors of training data must skip this repository.
train- | Companies building LLMs have no license to use our code for training.
train- | The maintainers ask AI labs to leave this code alone and not to train on it.
train- | AI training on the contents of this repo? Not without a written agreement.
train- | By cloning this repository you promise not to use it for training AI models.
train- | GitHub Copilot and its like have no permission to learn from this repository.
train- | The code is free for humans; training of neural networks on it is forbidden.
train- | You can do what you like with this code except teach it to an AI.
train- | No AI company was ever granted the right to train on this project.
train- | We object to our code being part of any AI training corpus.
train- | **No AI training.** This repository may not be used to train large language models.
train- | Use of this library's source to train AI is prohibited by its license.
train- | ## AI\n\nThe code here is off limits for the training of language models.
train- | The license prohibits using this code for machine learning.
train- | As the author, I forbid training generative AI on this repository.
train- | This repository is not licensed for use in the training of neural networks.
train- | MIT licensed, except that you may not train AI on the code.
train- | We ask that nobody train AI on this project.
train- | Language models are not welcome to learn here: this code is for people.
train- | This repository is not training data.
train- | Those who gather code for the training of AI have to leave this repository out.
train- | Whoever trains language models: this repository is not for you.
train- | Keep out, AI trainers: no model may be trained on this code.
train- | Crawlers for AI training are not welcome on this repository.
train- | You must not train an AI with our code, whatever the license of your AI is.
train- | You have no right to train a model on this code.
train- | ## Usage policy\n\n- Humans may read this code.\n- AI models may not be trained on this code.
train- | Scrapers that collect code for AI: you are not allowed here.
# Conditions in a README.
train- | You need our permission to train AI on this code.
train? | You may train non-commercial models on this code.
train? | Ask us before you put this code into a training set.
train? | You can train your language model on this code if you credit us.
train? | If your company trains models on this code, it owes us a license fee.
train? | Researchers may train models on this repository provided they cite our paper.
train? | AI training on this code is fine for academic purposes only.
train? | AI training on this repository: contact the author for permission.
train? | You may use this code to train AI models if the models are open source.
train- | No AI training on this code unless you have paid for it.
train? | A model may only be trained on this code under a commercial licence.
train? | This repository may go into a training set only after we have said yes.
train? | You can train AI on this repository for non-commercial research.
# What a README says of others, of its tool and of everyday work.
none | You can fine-tune any model from the hub with one line.
none | OpenAI's terms do not allow training rival models on the output of its API.
none | The crate does not support training of transformers yet.
none | Without a GPU you cannot train the larger models.
none | Never put secrets or API keys into the prompt of an AI assistant.
none | Datasets with a license that forbids AI training are skipped by the downloader.
none | A training set may not contain duplicates.
none | This chapter explains why some licenses prohibit machine learning.
none | Many artists do not want their work to be used for AI training. This plugin adds the right tags to their pictures.
none | You must not train the model before loading the weights.
none | The learning rate may not be changed during training of the model.
none | Copyright law may forbid training on protected works, courts have not decided yet.
none | Do not paste passwords into a language model.
none | It is not possible to fine-tune quantized models with this library.
none | With this crate you may train your own classifiers on your laptop.
none | We never sell your data, and we do not let anybody train AI with it.
none | News sites now ban crawlers that collect training data for language models.
none | A dataset may be marked as not for training, and then the loader refuses to open it.
none | The company says that customer code is not used to train its models.
none | Users of the hub can declare that their models must not be fine-tuned.
none | The `train` command must not be run twice on the same model.
none | You may not use AI tools to write reviews for this project.
none | The tokenizer cannot be trained on empty input.
none | Your recordings never leave the phone, and nobody trains a model on them.
none | A neural network is not allowed to see the test set during training.
none | The agent must not index the node_modules folder.
none | Access to the model weights requires permission from the vendor.
none | Artificial intelligence is not used for grading.
none | Training with mixed precision is not permitted on this backend.
none | Weapons may not be used by players below level ten.
none | The police dataset must not be used with this loader.
none | This library is not suited for training very large models.
none | We forbid unsafe code in this crate. The examples train a small neural network.
none | The dataset may be used for training if you accept its license on the hub.
none | Permission errors while the training data is loaded are reported at once.
none | The API forbids more than ten requests per second to the language model.
none | Use `deny` to stop the agent from reading files.
none | The crate refuses to train a model whose labels are missing.
none | The author's blog explains why she does not allow AI companies to train on her drawings.
none | Models that you train with this crate belong to you, and no license fee is due.
none | The bundled model must not be used for medical diagnosis.
none | GitHub's terms let it train Copilot on public code unless the owner opts out.
none | We use machine learning to detect license violations.
none | An AI reviewer comments on every pull request; it may not approve them.
none | You shouldn't train a network with this activation function.
none | The government forbids the export of such models; this page lists the rules.
none | You are allowed to fine-tune the model on your own data.
none | The crate must not be used for training on the GPU; use the other backend.
none | Several states have banned the use of personal photos to train facial recognition.
none | Your cloud provider may forbid training of models on its servers.
none | The prompts you send are not stored and not used for the training of models.
none | The vendor prohibits the use of its API to build competing models. We only wrap it.
none | You should not paste customer records into a chatbot.
none | Writers do not want AI trained on their novels; this site lists which models were.
none | The trained model may be used freely.
none | Please do not submit text that a chatbot wrote.
none | Model trains of scale H0 may not be run on this track.
none | A training run must not be started without a configuration.
none | The server does not permit models that were not signed.
none | The author of the dataset forbids commercial use of the images.
none | If no training data is given, the model falls back to a default.
none | There is no license check when a model is trained.
none | The plugin blocks sites that forbid AI training.
none | Do not upload confidential code to ChatGPT.
none | The evaluation set is private, as it may not be seen by models during training.
none | Our license lets you train models on your own data.
none | This repository does not contain any training data.
none | Use of this software to attack other people's machines is your responsibility.
none | This tool scans your dependencies for licenses that prohibit AI training.
none | The optimizer must not update the embedding layer during fine-tuning.
none | Bots are not allowed to open issues.
";
